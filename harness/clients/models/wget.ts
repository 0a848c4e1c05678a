import { decodeUserinfo, splitUrl } from '../../url/index.ts';
import { type Choice, direct, failure, through } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import { isHost, isPort } from '../proxy-value.ts';
import type { Target } from '../target.ts';

/** wget knows the lower-case variables alone (1.21: `getproxy` in retr.c), no ALL_PROXY, and no wildcard. */
function choose(env: Env, target: Target): Choice {
  const value = env[`${target.scheme}_proxy`];
  if (!value || bypasses(env['no_proxy'] ?? '', target.host)) return direct;
  return proxy(value, target);
}

/** As `rewrite_shorthand_url` in url.c has it: `host:port` is http, and any other word before a colon is an FTP host. */
function proxy(value: string, target: Target): Choice {
  const isUrl = /^https?:\/\//i.test(value);
  const isShorthand = /^[^:/]+(?::\d+)?(?:\/.*)?$/s.test(value);
  const { scheme = 'http', userinfo, host, port } = splitUrl(value);
  // Its userinfo ends at the first @.
  if ((!isUrl && !isShorthand) || !isHost(host) || !isPort(port) || userinfo?.includes('@')) {
    return failure(`wget cannot parse the proxy's URL`);
  }
  if (scheme !== 'http' && scheme !== target.scheme) return failure(`wget wants a proxy that is http, not ${scheme}`);
  const credentials = userinfo === undefined ? undefined : decodeUserinfo(userinfo);
  return through({
    // Whatever the scheme says, it speaks plain http to a proxy.
    scheme: 'http',
    host,
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    ...(credentials ? { credentials } : {}),
  });
}

/** `sufmatch` in host.c: the end of the host, at a dot; spaces go only where they follow a comma. */
function bypasses(noProxy: string, host: string): boolean {
  const name = host.toLowerCase();
  return noProxy
    .split(/,\s*/)
    .filter((each) => each !== '')
    .map((each) => each.toLowerCase())
    .some((each) => name === each || name.endsWith(each.startsWith('.') ? each : `.${each}`));
}

export const wget: ClientModel<'wget'> = {
  id: 'wget',
  title: 'wget',
  program: { name: 'wget', version: ['wget', '--version'] },
  choose,
  asking: {
    how: 'once',
    command: ['wget', '--no-verbose', '--tries=1', '--no-check-certificate', '--output-document=/dev/null', '{url}'],
  },
  goesAround: { because: 'wget reads the lower-case variables alone' },
};
