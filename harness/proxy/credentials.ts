import { randomBytes } from 'node:crypto';
import type { Ledger } from '../ledger/index.ts';
import type { Credentials, Random } from './auth/index.ts';
import type { ProxyAuth } from './spec.ts';

/** Which credentials a proxy accepts, now and at first. */
export class AcceptedCredentials {
  readonly auth: ProxyAuth;
  readonly #ledger: Ledger;
  #right: Credentials | undefined;
  #replaced = 0;

  /** @throws Error when a user name cannot be sent */
  constructor(auth: ProxyAuth | undefined, ledger: Ledger, random: Random = randomBytes) {
    this.auth = auth ?? {
      scheme: 'basic',
      user: `user-${random(4).toString('hex')}`,
      password: random(15).toString('base64url'),
    };
    if (this.auth.scheme !== 'none' && this.auth.user.includes(':')) {
      throw new Error('A proxy user name must not contain a colon (RFC 7617 section 2): choose another one.');
    }
    this.#ledger = ledger;
    this.#right = { user: this.auth.user, password: this.auth.password };
    if (this.auth.scheme !== 'none') {
      ledger.secrets.addCredentials('proxy-credentials', this.auth.user, this.auth.password);
    }
  }

  get right(): Credentials | undefined {
    return this.#right;
  }

  /** Accepts only these from now on, or none. */
  replace(credentials: Credentials | undefined): void {
    const first = credentials?.user === this.auth.user && credentials.password === this.auth.password;
    if (credentials && !first) {
      this.#replaced += 1;
      this.#ledger.secrets.addCredentials(
        `proxy-credentials-${this.#replaced + 1}`,
        credentials.user,
        credentials.password,
      );
    }
    this.#right = credentials;
    this.#ledger.record('proxy', {
      kind: 'fault',
      name: 'credentials',
      state: first ? 'off' : 'on',
      detail: first ? 'the first ones are right again' : credentials ? 'others are right now' : 'none are right now',
    });
  }
}

/** Percent-encodes for the userinfo of a URL, beyond what encodeURIComponent does (RFC 3986 section 3.2.1). */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);

/** The URL of a proxy, with the credentials a user would put into it. */
export function proxyUrl(scheme: 'http' | 'https', host: string, port: number, auth?: ProxyAuth): string {
  const userinfo = auth && auth.scheme !== 'none' ? `${encode(auth.user)}:${encode(auth.password)}@` : '';
  return `${scheme}://${userinfo}${host}:${port}`;
}
