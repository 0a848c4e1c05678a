import { createSecureContext, type SecureContext } from 'node:tls';
import type { CertificateAuthority } from '../../tls/index.ts';
import type { InterceptsSpec } from '../spec.ts';

/** What a proxy that opens TLS works with. */
export interface InterceptorOptions {
  readonly spec: InterceptsSpec;
  /** The host that `opens` makes an exception of. */
  readonly gitlabHost: string;
  /** The PEM of the CA by which the proxy itself verifies origins. */
  readonly trusts: string;
}

/** Who opens TLS in an origin's place: a CA of its own, and certificates that it makes for each connection. */
export class Interceptor {
  readonly #options: InterceptorOptions;
  #authority: CertificateAuthority;
  #renewals = 0;
  #renewed: () => Promise<void> = async () => {};

  private constructor(options: InterceptorOptions, authority: CertificateAuthority) {
    this.#options = options;
    this.#authority = authority;
  }

  static async create(options: InterceptorOptions): Promise<Interceptor> {
    return new Interceptor(options, await makeAuthority('Proxyproof interceptor CA'));
  }

  /** The certificate of its CA of now, which clients must trust. */
  get caPem(): string {
    return this.#authority.caPem;
  }

  get trusts(): string {
    return this.#options.trusts;
  }

  /** Takes another CA for connections from now on. */
  async renew(): Promise<void> {
    this.#renewals++;
    this.#authority = await makeAuthority(`Proxyproof interceptor CA, renewal ${this.#renewals}`);
    await this.#renewed();
  }

  /** Has somebody told of another CA, who signs in its place. */
  onRenewal(renewed: () => Promise<void>): void {
    this.#renewed = renewed;
  }

  get spec(): InterceptsSpec {
    return this.#options.spec;
  }

  get gitlabHost(): string {
    return this.#options.gitlabHost;
  }

  /**
   * What a program signs with that always shows its own authority's certificate, too: where the CA's is not to come with
   * the host's, that of an authority below it.
   */
  async signer(): Promise<string> {
    const { spec } = this.#options;
    const signing =
      spec.chain === 'without-root'
        ? this.#authority.issueSigner('Proxyproof interceptor, below its CA')
        : this.#authority.signer();
    const { key, cert } = await signing;
    return `${cert}${key}`;
  }

  /** Whether it opens TLS to a host. */
  opens(host: string): boolean {
    const { spec, gitlabHost } = this.#options;
    if (spec.opens === 'gitlab-alone') return host === gitlabHost;
    return spec.opens !== 'all-but-gitlab' || host !== gitlabHost;
  }

  /**
   * What it shows to a client that wants a host: a certificate that it makes now, as the members of a cluster have their own
   * each, so that one which was met before helps nobody.
   */
  async contextFor(host: string): Promise<SecureContext> {
    const { key, cert } = await this.#authority.issue([host.replace(/^\[|\]$/g, '')]);
    const chain = this.#options.spec.chain === 'without-root' ? cert : `${cert}${this.#authority.caPem}`;
    return createSecureContext({ key, cert: chain, minVersion: 'TLSv1.2' });
  }
}

/** Loaded late: the certificate library takes longer to load than a proxy takes to start. */
async function makeAuthority(name: string): Promise<CertificateAuthority> {
  const { createCertificateAuthority } = await import('../../tls/index.ts');
  return createCertificateAuthority(name);
}
