import { existsSync } from 'node:fs';
import { CACHE_HOME } from '../container/cache.ts';
import type { Carried } from './tar-of.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** How downloads find their way, how output looks, and settings of our own. */
const PASSED =
  /^((https?|ftp|all|no)_proxy|lang|lc_.*|tz|github_actions|term|colorterm|no_color|force_color|columns)$/i;
const OWN = /^PROXYPROOF_(?!RUN$)/;
/** Name files, of certificates that an intercepting proxy of a site needs. */
const FILES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

/** What programs inside are told by their environment. @param command all that was typed */
export function environmentInside(env: Env, command: string): Record<string, string> {
  const passed = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && (PASSED.test(name) || OWN.test(name)) ? [[name, value] as const] : [],
  );
  return {
    ...Object.fromEntries(passed),
    ...Object.fromEntries(certificateFiles(env).map(({ name, target }) => [name, target])),
    HOME: '/root',
    XDG_CACHE_HOME: CACHE_HOME,
    PROXYPROOF_COMMAND: command,
  };
}

/** The files that the environment names, to go where it says they are. */
export function certificateFiles(env: Env): (Carried & { readonly name: string })[] {
  return FILES.flatMap((name) => {
    const source = env[name];
    return source && existsSync(source) ? [{ name, source, target: `/etc/proxyproof/${name}.pem` }] : [];
  });
}

/** Whether a download's way leads over this machine's loopback, which is another one in a network of one's own. */
export function usesLoopbackProxy(env: Env): boolean {
  return Object.entries(env).some(
    ([name, value]) =>
      /^((https?|all)_proxy|npm_config_(https_)?proxy)$/i.test(name) &&
      /^(\w+:\/\/)?([^@/]*@)?(localhost|127(\.\d+){3}|\[::1\])([:/]|$)/i.test(value ?? ''),
  );
}
