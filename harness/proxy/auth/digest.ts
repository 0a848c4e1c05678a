import { hash } from 'node:crypto';
import { parameters } from './parameters.ts';
import { type AuthScheme, type Claim, type Credentials, type Random, REALM, type RightCredentials } from './scheme.ts';

/** Strongest first, as RFC 7616 section 3.7 asks; the names are HTTP's and Node's. */
const ALGORITHMS = [
  ['SHA-256', 'sha256'],
  ['MD5', 'md5'],
] as const;

/** How many nonces are remembered; an older one is stale. */
const NONCES = 1000;

/** Digest authentication with `qop=auth`, MD5 and SHA-256 (RFC 7616). */
export function digestAuthentication(right: RightCredentials, random: Random): AuthScheme {
  /** The counts already used with each nonce: one is good for one request. */
  const nonces = new Map<string, Set<string>>();

  const challenges = (stale = false): string[] => {
    const nonce = random(18).toString('base64url');
    nonces.set(nonce, new Set());
    const [oldest] = nonces.keys();
    if (nonces.size > NONCES && oldest !== undefined) nonces.delete(oldest);
    return ALGORITHMS.map(
      ([algorithm]) =>
        `Digest realm="${REALM}", qop="auth", algorithm=${algorithm}, nonce="${nonce}", charset=UTF-8${stale ? ', stale=true' : ''}`,
    );
  };

  return {
    name: 'digest',
    challenges: () => challenges(),
    converse: () => ({
      next: (claim) => {
        const given = parameters('digest', claim.authorization);
        if (!given || !isRight(right(), claim, given)) return { granted: false, challenges: challenges() };
        const used = nonces.get(given.get('nonce') ?? '');
        const count = given.get('nc') ?? '';
        if (!used || used.has(count)) return { granted: false, challenges: challenges(true) };
        used.add(count);
        return { granted: true };
      },
    }),
  };
}

function isRight(right: Credentials | undefined, claim: Claim, given: ReadonlyMap<string, string>): boolean {
  const value = (name: string): string => given.get(name) ?? '';
  const algorithm = ALGORITHMS.find(([name]) => name === (given.get('algorithm') ?? 'MD5').toUpperCase());
  if (!right || !algorithm || value('qop') !== 'auth' || value('realm') !== REALM) return false;
  if (!/^[0-9a-f]{8}$/i.test(value('nc')) || value('cnonce') === '' || value('username') !== right.user) return false;
  if (!isTarget(value('uri'), claim.target)) return false;
  const digest = (text: string): string => hash(algorithm[1], text);
  const secret = digest(`${right.user}:${REALM}:${right.password}`);
  const request = digest(`${claim.method}:${value('uri')}`);
  const response = digest([secret, value('nonce'), value('nc'), value('cnonce'), 'auth', request].join(':'));
  return value('response').toLowerCase() === response;
}

/** libcurl signs the path where RFC 7616 section 3.4 says the whole target; both name the same thing. */
function isTarget(uri: string, target: string): boolean {
  if (uri === target) return true;
  const path = target.replace(/^[a-z]+:\/\/[^/?]*/i, '') || '/';
  return uri === path;
}
