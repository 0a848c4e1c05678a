import { chooseGoProxy, type GoProxy } from '../../../clients/go/index.ts';
import { hostOf, portOf } from '../../../url/index.ts';
import type { ProxyPolicy } from '../policies/proxy-policy.ts';
import type { CallKind } from './message.ts';

/**
 * The proxy of a request, as Go's `http.ProxyFromEnvironment` chooses it; undefined where it is asked directly.
 * @throws Error in Go's words, when the variable names a proxy that cannot be asked, or the environment is a CGI program's
 */
export function chooseProxy(
  policy: ProxyPolicy,
  env: Readonly<Record<string, string>>,
  kind: CallKind,
  url: URL,
): GoProxy | undefined {
  if (!policy.serves(kind, url)) return undefined;
  const target = {
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    host: hostOf(url),
    port: portOf(url),
  } as const;
  const choice = chooseGoProxy(env, target, policy.bypasses);
  if (choice.via === 'error') throw new Error(choice.why);
  return choice.via === 'proxy' ? choice.proxy : undefined;
}
