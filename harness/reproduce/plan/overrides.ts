import { closest, distance } from 'fastest-levenshtein';
import type { ProxyAuth } from '../../proxy/spec.ts';
import { decodeUserinfo, splitUrl } from '../../url/index.ts';
import { endpointOfUrl, isHost, isOwn } from './endpoints.ts';
import type { CasePlan, Endpoint, Settings } from './plan.ts';

/** What a proxy may ask for. */
export const SCHEMES = ['none', 'basic', 'digest', 'ntlm', 'negotiate'] as const;

/** What whoever reproduces knows better than the files, read. */
export interface CaseOverrides {
  readonly scheme?: ProxyAuth['scheme'];
  readonly proxy?: Endpoint;
  /** As far as it is given. */
  readonly account?: Partial<Omit<ProxyAuth, 'scheme'>>;
  /** The hosts that the proxy lets through, and no others; `*.corp.example` stands for all below it, `*` for all. */
  readonly allows?: readonly string[];
  readonly intercepts?: boolean;
  readonly gitlab?: CasePlan['gitlab'];
}

interface Key {
  /** What it takes, as half a sentence. */
  readonly takes: string;
  /** Undefined for a value that it does not take. */
  readonly read: (value: string) => CaseOverrides | undefined;
}

const KEYS: Readonly<Record<string, Key>> = {
  'proxy.auth': {
    takes: `what the proxy asks for: ${SCHEMES.join(', ')}`,
    read: (value) => {
      const scheme = SCHEMES.find((each) => each === value);
      return scheme && { scheme };
    },
  },
  'proxy.url': {
    takes:
      'where the proxy that leads out stands, not cntlm on the machine itself: http://HOST:PORT, with USER:PASSWORD@ before the host for its account',
    read: readProxy,
  },
  'proxy.user': { takes: 'the user of its account', read: (user) => (user === '' ? undefined : { account: { user } }) },
  'proxy.password': {
    takes: 'the password of its account',
    read: (password) => (password === '' ? undefined : { account: { password } }),
  },
  'proxy.domain': {
    takes: 'the domain of its account, for NTLM',
    read: (domain) => (domain === '' ? undefined : { account: { domain } }),
  },
  'proxy.allow': {
    takes: 'the hosts that it lets through, and no others, with commas: gitlab.com,*.docker.io',
    read: (value) => {
      const allows = value.split(',').map((each) => each.trim().toLowerCase());
      return allows.every((each) => each === '*' || isHost(each.replace(/^\*\./, ''))) ? { allows } : undefined;
    },
  },
  'proxy.intercept': {
    takes: 'whether it opens TLS: true, false',
    read: (value) => (value === 'true' || value === 'false' ? { intercepts: value === 'true' } : undefined),
  },
  'gitlab.url': {
    takes: 'where GitLab is: https://HOST',
    read: (url) => {
      const found = endpointOfUrl(url);
      return found && { gitlab: { url: url.replace(/\/+$/, ''), ...found } };
    },
  },
};

function readProxy(url: string): CaseOverrides | undefined {
  const found = endpointOfUrl(url);
  const { port, userinfo } = splitUrl(url);
  if (!found || found.tls || port === undefined || isOwn(found)) return undefined;
  return {
    proxy: { host: found.host, port: found.port },
    ...(userinfo === undefined ? {} : { account: decodeUserinfo(userinfo) }),
  };
}

/** The keys that there are. */
export const OVERRIDE_KEYS: readonly string[] = Object.keys(KEYS);

/** All keys and what they take, a line each. */
export const overrideHelp: readonly string[] = Object.entries(KEYS).map(([key, { takes }]) => `${key}: ${takes}`);

/**
 * Reads what is set in place of what files say.
 * @throws RangeError in a sentence, for a key that there is not, or a value that it does not take; with those that it may be
 */
export function readOverrides(set: Settings): CaseOverrides {
  const read = Object.entries(set).map(([key, value]) => {
    const known = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
    if (!known) throw new RangeError(unknown(key));
    const found = known.read(value);
    // The value may be a password, or have one.
    if (!found) throw new RangeError(`${key} takes ${known.takes}.`);
    return found;
  });
  const account = Object.assign({}, ...read.map((each) => each.account));
  return { ...Object.assign({}, ...read), ...(Object.keys(account).length > 0 ? { account } : {}) };
}

function unknown(key: string): string {
  const near = closest(key, OVERRIDE_KEYS);
  const hint = distance(key, near) <= 3 ? ` Did you mean ${near}?` : '';
  return `There is no ${key} to set.${hint} There are: ${overrideHelp.join('; ')}.`;
}

/** An account with what is set in place of what files say; the same where nothing is. */
export function authOf(auth: ProxyAuth, { scheme = auth.scheme, account }: CaseOverrides): ProxyAuth {
  if (scheme === auth.scheme && !account) return auth;
  // Who names an account has a proxy that asks for one.
  const asked = scheme === 'none' && account ? 'basic' : scheme;
  return { ...auth, ...account, scheme: asked };
}
