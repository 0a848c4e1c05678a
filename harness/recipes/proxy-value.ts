import type { Remark } from './remark.ts';

/** A proxy as a variable names it, taken apart as clients do it: leniently. */
export interface ProxyValue {
  readonly scheme: string | undefined;
  readonly userinfo: string | undefined;
  readonly host: string;
  readonly port: string | undefined;
  /** What follows host and port. */
  readonly rest: string;
}

/** Takes a value apart; a password may hold anything, so the last `@` before the path ends the credentials. */
export function parseProxyValue(value: string): ProxyValue {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value)?.[1];
  const afterScheme = scheme === undefined ? value : value.slice(scheme.length + 3);
  const at = afterScheme.lastIndexOf('@');
  const userinfo = at < 0 ? undefined : afterScheme.slice(0, at);
  const address = afterScheme.slice(at + 1);
  const [, host = '', port, rest = ''] = /^(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?(.*)$/s.exec(address) ?? [];
  return { scheme: scheme?.toLowerCase(), userinfo, host, port: port || undefined, rest };
}

/** A value as a remark may show it: without its password. */
export function shownProxy(value: string): string {
  const { userinfo, scheme, host, port, rest } = parseProxyValue(value);
  const start = scheme === undefined ? '' : `${scheme}://`;
  const address = `${host}${port === undefined ? '' : `:${port}`}${rest}`;
  return userinfo === undefined ? `${start}${address}` : `${start}…@${address}`;
}

/** Who reads the variables: that decides what an address inside them means. */
export type ProxyReader = 'host' | 'container';

/**
 * Checks the value of one proxy variable.
 * @param name as the file spells it; a remark names it
 * @param reader a process of the host's, or one in a container, whose localhost is another
 */
export function checkProxyValue(name: string, value: string, reader: ProxyReader): Remark[] {
  if (value === '') return [];
  const { scheme, userinfo, host, port, rest } = parseProxyValue(value);
  const shown = `${name}=${shownProxy(value)}`;
  const remarks: Remark[] = [];
  const add = (level: Remark['level'], says: string, fix: string): void => void remarks.push({ level, says, fix });

  if (/^["']|["']$/.test(value)) {
    add('error', `${name} begins or ends with a quotation mark, which has become part of the value.`, 'Leave it out.');
  }
  if (/\s/.test(value)) add('error', `${name} holds white space, which no URL may.`, 'Write a space in it as %20.');
  if (host === '') {
    add('error', `${shown} names no host.`, 'Write http://HOST:PORT.');
    return remarks;
  }
  if (scheme === undefined) {
    add(
      'warning',
      `${shown} has no scheme. curl, git, wget and Go's programs take that for http://; Node's (npm, yarn and others) say “Invalid URL”.`,
      `Write ${name}=http://… in full.`,
    );
  } else if (scheme === 'https') {
    add(
      'warning',
      `${shown} says that the proxy itself speaks TLS. With a plain proxy every client then fails in the handshake (“wrong version number”, “tls: first record does not look like a TLS handshake”).`,
      `The scheme is of the way to the proxy, whatever is asked for through it: write ${name}=http://… unless the proxy's own port is TLS.`,
    );
  } else if (!['http', 'socks4', 'socks4a', 'socks5', 'socks5h'].includes(scheme)) {
    add('error', `${shown} has the scheme ${scheme}, which no client knows for a proxy.`, 'Write http://HOST:PORT.');
  }
  if (port === undefined) {
    add(
      'warning',
      `${shown} names no port. curl and git then take 1080, Go's programs 80 and wget 80 as well: few proxies listen on either.`,
      'Write the port, such as :3128.',
    );
  }
  if (rest !== '' && rest !== '/') {
    add('warning', `After host and port ${name} goes on with a path, which some clients refuse.`, 'Leave it out.');
  }
  if (reader === 'container' && /^(localhost|127\.|\[::1\])/i.test(host)) {
    add(
      'error',
      `${shown} is, inside a container, the container itself: nobody listens there.`,
      "Name an address that containers reach: docker0's (ip -4 -oneline addr show dev docker0), usually 172.17.0.1.",
    );
  }
  if (userinfo !== undefined) remarks.push(...checkUserinfo(name, userinfo));
  return remarks;
}

function checkUserinfo(name: string, userinfo: string): Remark[] {
  const remarks: Remark[] = [];
  const raw = [...new Set(userinfo.replace(/:/, '').match(/[@:/?#[\]\\ "'<>^`{|}]/g) ?? [])];
  if (raw.length > 0) {
    remarks.push({
      level: 'error',
      says: `User or password in ${name} hold ${raw.join(' ')} as it stands. Clients take the URL apart there: they look for a host by part of the password, or send half of it.`,
      fix: 'Percent-encode user and password each: @ is %40, : is %3A, / is %2F, # is %23, \\ is %5C.',
    });
  }
  if (/%(?![0-9a-f]{2})/i.test(userinfo)) {
    remarks.push({
      level: 'error',
      says: `User or password in ${name} hold a % that begins no code. Go's programs refuse the URL (“invalid URL escape”).`,
      fix: 'Write % itself as %25.',
    });
  }
  return remarks;
}

/** Adds the line to remarks about what stands there. */
export const atLine = (line: number | undefined, remarks: readonly Remark[]): Remark[] =>
  line === undefined ? [...remarks] : remarks.map((each) => ({ ...each, line }));
