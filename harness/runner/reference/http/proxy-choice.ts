import { chooseGoProxy, type GoProxy } from '../../../clients/go/index.ts';
import { hostOf, portOf } from '../../../url/index.ts';
import type { ProxyPolicy } from '../policies/proxy-policy.ts';
import type { ApiCall } from './message.ts';

/**
 * The proxy of a request, as Go's `http.ProxyFromEnvironment` chooses it; undefined where it is asked directly.
 * @throws Error in Go's words, when the variable names a proxy that cannot be asked, or the environment is a CGI program's
 */
export function chooseProxy(
  policy: ProxyPolicy,
  env: Readonly<Record<string, string>>,
  { kind, url, redirects = 0 }: Pick<ApiCall, 'kind' | 'url' | 'redirects'>,
): GoProxy | undefined {
  if (!policy.serves(kind, url, redirects)) return undefined;
  const target = {
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    host: hostOf(url),
    port: portOf(url),
  } as const;
  const choice = chooseGoProxy(env, target, (noProxy, host, port) =>
    policy.bypasses(noProxy, host, port, target.scheme),
  );
  if (choice.via === 'error') throw new Error(choice.why);
  return choice.via === 'proxy' ? choice.proxy : undefined;
}
