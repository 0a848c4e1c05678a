import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock/index.ts';
import type { Secrets } from '../../ledger/index.ts';
import type { IssuedCertificate } from '../../tls/index.ts';
import { newToken } from '../new-token.ts';
import { type Access, TokenSigner } from './token-signer.ts';
import type { TooKind } from './too-kind.ts';

/** How a registry has its tokens checked: `auth.token` of distribution's configuration. */
export interface RegistryAuth {
  /** Where clients get their tokens. */
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** PEM of the certificate whose key signs the tokens. */
  readonly certPem: string;
}

/** A user and a password that a registry takes at any time, as a deploy token is. */
export interface RegistryLogin {
  readonly user: string;
  readonly password: string;
}

/** Who asks for a token. */
export interface Asker {
  readonly name: string;
  /** The project whose repositories are open to it; all of them for a deploy token. */
  readonly project?: string;
}

const DEPLOY_USER = 'gitlab+deploy-token-1';
const PERMITTED = ['pull', 'push'];

/** Issues the tokens by which a container registry knows who may do what, as GitLab does. */
export class RegistryTokens {
  readonly auth: RegistryAuth;
  readonly deploy: RegistryLogin;
  readonly #signer: TokenSigner;
  readonly #secrets: Secrets;
  readonly #clock: Clock;
  readonly #tooKind: TooKind | undefined;
  /** Every repository that was ever asked for. */
  readonly #asked = new Set<string>();

  constructor(of: {
    readonly url: string;
    readonly signer: IssuedCertificate;
    readonly secrets: Secrets;
    readonly clock: Clock;
    readonly tooKind?: TooKind;
  }) {
    this.auth = {
      realm: `${of.url}/jwt/auth`,
      service: 'container_registry',
      issuer: 'gitlab-issuer',
      certPem: of.signer.cert,
    };
    this.deploy = { user: DEPLOY_USER, password: newToken(of.secrets, 'deploy-token', 'gldt-') };
    of.secrets.addCredentials('deploy-token', DEPLOY_USER, this.deploy.password);
    this.#signer = new TokenSigner(of.signer);
    this.#secrets = of.secrets;
    this.#clock = of.clock;
    this.#tooKind = of.tooKind;
  }

  /** Whether these are the credentials that are good at any time. */
  isDeploy(user: string, password: string): boolean {
    return user === this.deploy.user && (password === this.deploy.password || this.#tooKind === 'any-password');
  }

  /**
   * A token for as much of what is asked for as the asker may do: a project's job may pull and push the repositories of
   * that project, a deploy token all of them, and whoever has no name nothing.
   * @param scopes as `repository:NAME:pull,push`
   */
  async issue(asker: Asker | undefined, scopes: readonly string[]): Promise<string> {
    const token = await this.#signer.sign({
      issuer: this.auth.issuer,
      audience: this.auth.service,
      subject: asker?.name ?? '',
      access: this.#accessOf(asker, scopes),
      now: this.#clock.now(),
      id: randomUUID(),
    });
    return this.#secrets.add('registry-token', token);
  }

  #accessOf(asker: Asker | undefined, scopes: readonly string[]): readonly Access[] {
    const all = (name: string): Access[] => scopes.flatMap((scope) => granted({ name }, scope));
    if (!asker) return this.#tooKind === 'nobody' ? all('').map((each) => ({ ...each, actions: ['pull'] })) : [];
    if (this.#tooKind === 'any-project') return all(asker.name);
    return this.#kindly(scopes.flatMap((scope) => granted(asker, scope)));
  }

  /** What is granted, and whatever the fault adds to it. */
  #kindly(access: readonly Access[]): readonly Access[] {
    for (const { name } of access) this.#asked.add(name);
    if (this.#tooKind === 'any-action') return access.map((each) => ({ ...each, actions: PERMITTED }));
    if (this.#tooKind !== 'any-repository') return access;
    return access.flatMap((each) => [...this.#asked].map((name) => ({ ...each, name })));
  }
}

/** Source of the form: https://distribution.github.io/distribution/spec/auth/scope/ */
function granted({ project }: Asker, scope: string): Access[] {
  const [type = '', name = '', actions = ''] = /^([^:]+):(.+):([^:]*)$/.exec(scope)?.slice(1) ?? [];
  if (type !== 'repository') return [];
  if (project !== undefined && name !== project && !name.startsWith(`${project}/`)) return [];
  const allowed = actions.split(',').filter((each) => PERMITTED.includes(each));
  return allowed.length > 0 ? [{ type, name, actions: allowed }] : [];
}
