import { advise } from '../clients/index.ts';
import { maskedUrl, splitUrl } from '../url/index.ts';
import type { Remark } from './remark.ts';

/** Who reads the variables: that decides what an address inside them means. */
export type ProxyReader = 'host' | 'container';

/**
 * Checks the value of one proxy variable.
 * @param name as the file spells it; a remark names it
 * @param reader a process of the host's, or one in a container, whose localhost is another
 */
export function checkProxyValue(name: string, value: string, reader: ProxyReader): Remark[] {
  if (value === '') return [];
  if (isTooLong(name, value)) return [tooLong(name)];
  const { scheme, userinfo, host, port, rest } = splitUrl(value);
  // A port that is no number may be the beginning of a password whose end went astray.
  const shown = /^\d*$/.test(port ?? '') ? `${name}=${maskedUrl(value)}` : name;
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
      `${shown} has no scheme. curl, git, wget, Go's and Python's programs take that for http://; Ruby's and Node's (npm, yarn and others) say that it is no URL.`,
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
  if (port === undefined || port === '') {
    add(
      'warning',
      `${shown} names no port. curl and git then take 1080, Go's programs 80 and wget 80 as well: few proxies listen on either.`,
      'Write the port, such as :3128.',
    );
  }
  if (rest !== '' && rest !== '/') {
    add('warning', `After host and port ${name} goes on with a path, which some clients refuse.`, 'Leave it out.');
  }
  if (reader === 'container' && /^(localhost$|127\.|::1$)/i.test(host)) {
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
      says: `User or password in ${name} have an unencoded ${raw.join(' ')}. Clients split the URL there: they look up a part of the password as a host, or send half of it.`,
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

/** Checks the value of one `NO_PROXY`: what some client understands otherwise than the next. */
export function checkNoProxyValue(name: string, value: string): Remark[] {
  if (isTooLong(name, value)) return [tooLong(name)];
  const entries = value.split(',').length;
  if (entries > MOST_ENTRIES) {
    return [
      {
        level: 'note',
        says: `${name} has ${entries} entries. What each client makes of them is looked at for ${MOST_ENTRIES} at most.`,
        fix: 'Name a domain, as .example.com, in place of its hosts, or check the entries in parts with proxyproof no-proxy.',
      },
    ];
  }
  return advice(value).map((says) => ({
    level: 'note',
    says: `In ${name}: ${says}`,
    fix: 'proxyproof no-proxy VALUE URL… says which client does what, and names the spelling that works for all.',
  }));
}

/** Every model is asked about every entry, so work grows with the square of their number. */
const MOST_ENTRIES = 200;

/** What is said of a value; a file repeats the same one for each of its runners. */
const said = new Map<string, readonly string[]>();

function advice(value: string): readonly string[] {
  const known = said.get(value) ?? advise(value, []).remarks;
  if (said.size < 1000) said.set(value, known);
  return known;
}

/** One variable with its name and its end, in bytes, as Linux passes it to a program. Source: execve(2), MAX_ARG_STRLEN. */
const LONGEST = 131_072;

const isTooLong = (name: string, value: string): boolean =>
  name.length + 1 + value.length >= LONGEST || Buffer.byteLength(`${name}=${value}`) >= LONGEST;

const tooLong = (name: string): Remark => ({
  level: 'error',
  says: `${name} is longer than the ${LONGEST} bytes that Linux passes as one variable, so no program starts with it (“Argument list too long”).`,
  fix: 'Shorten the value.',
});

/** Adds the line to remarks about what stands there. */
export const atLine = (line: number | undefined, remarks: readonly Remark[]): Remark[] =>
  line === undefined ? [...remarks] : remarks.map((each) => ({ ...each, line }));
