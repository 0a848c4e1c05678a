import { joinHostPort, percentEncode } from '../../url/index.ts';
import { DOCKER0 } from './endpoints.ts';
import type { CasePlan } from './plan.ts';

/** The proxy as the services and jobs of a plan's machine reach it, with its credentials: as it stands in a variable. */
export function proxyUrlOf({ local, proxies, auth }: Pick<CasePlan, 'local' | 'proxies' | 'auth'>): string {
  if (local) return `http://${joinHostPort(DOCKER0, local.port)}`;
  const [{ host, port } = { host: '', port: 0 }] = proxies;
  const at = auth.scheme === 'none' ? '' : `${percentEncode(auth.user)}:${percentEncode(auth.password)}@`;
  return `http://${at}${joinHostPort(host, port)}`;
}
