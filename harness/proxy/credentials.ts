import { randomBytes } from 'node:crypto';
import type { Ledger } from '../ledger/index.ts';
import { joinHostPort, percentEncode } from '../url/index.ts';
import type { Credentials, Random } from './auth/index.ts';
import type { ProxyAuth } from './spec.ts';

/** The domain of a proxy that speaks NTLM, when its declaration names none. */
const MADE_UP_DOMAIN = 'CORP-UK';

/** Which credentials a proxy accepts, now and at first. */
export class AcceptedCredentials {
  readonly auth: ProxyAuth;
  readonly #ledger: Ledger;
  #right: Credentials | undefined;
  #replaced = 0;

  /** @throws Error when a user name cannot be sent */
  constructor(auth: ProxyAuth | undefined, ledger: Ledger, random: Random = randomBytes) {
    this.auth = withDomain(
      auth ?? {
        scheme: 'basic',
        user: `user-${random(4).toString('hex')}`,
        password: random(15).toString('base64url'),
      },
    );
    if (this.auth.scheme !== 'none' && this.auth.user.includes(':')) {
      throw new Error('A proxy user name must not contain a colon (RFC 7617 section 2): choose another one.');
    }
    if (this.auth.scheme === 'ntlm' && /\\/.test(`${this.auth.user}${this.auth.domain}`)) {
      throw new Error(
        'The user and the domain of NTLM must not contain a backslash, which clients write between them.',
      );
    }
    this.#ledger = ledger;
    this.#right = this.#inDomain(this.auth);
    if (this.auth.scheme !== 'none') this.#declare('proxy-credentials', this.auth);
  }

  get right(): Credentials | undefined {
    return this.#right;
  }

  /** Accepts only these from now on, or none. */
  replace(credentials: Credentials | undefined): void {
    const first = credentials?.user === this.auth.user && credentials.password === this.auth.password;
    if (credentials && !first) {
      this.#replaced += 1;
      this.#declare(`proxy-credentials-${this.#replaced + 1}`, credentials);
    }
    this.#right = credentials && this.#inDomain(credentials);
    this.#ledger.record('proxy', {
      kind: 'fault',
      name: 'credentials',
      state: first ? 'off' : 'on',
      detail: first ? 'the first ones are right again' : credentials ? 'others are right now' : 'none are right now',
    });
  }

  #inDomain({ user, password }: Credentials): Credentials {
    const { domain } = this.auth;
    return domain === undefined ? { user, password } : { user, password, domain };
  }

  #declare(name: string, credentials: Credentials): void {
    const { secrets } = this.#ledger;
    secrets.addCredentials(name, credentials.user, credentials.password);
    const account = accountOf({ ...this.auth, user: credentials.user });
    if (account !== credentials.user) secrets.addCredentials(name, account, credentials.password);
  }
}

const withDomain = (auth: ProxyAuth): ProxyAuth =>
  auth.scheme === 'ntlm' && !auth.domain ? { ...auth, domain: MADE_UP_DOMAIN } : auth;

/** A user name as clients of the scheme must be given it: `CORP-UK\testuser` for NTLM. */
const accountOf = ({ scheme, user, domain }: ProxyAuth): string => (scheme === 'ntlm' ? `${domain}\\${user}` : user);

/** The URL of a proxy, with the credentials a user would put into it. */
export function proxyUrl(scheme: 'http' | 'https', host: string, port: number, auth?: ProxyAuth): string {
  const userinfo =
    auth && auth.scheme !== 'none' ? `${percentEncode(accountOf(auth))}:${percentEncode(auth.password)}@` : '';
  return `${scheme}://${userinfo}${joinHostPort(host, port)}`;
}
