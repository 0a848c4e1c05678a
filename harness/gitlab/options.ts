import type { Clock } from '../clock/index.ts';
import type { Ledger, RequestKind } from '../ledger/index.ts';
import type { CertificateAuthority, IssuedCertificate } from '../tls/index.ts';
import type { RepositoryStore } from './git/index.ts';
import type { GitlabSpec } from './spec.ts';

/** A host and the port at which clients find an origin. */
export interface OriginName {
  readonly host: string;
  readonly port: number;
}

/** What a mock GitLab is made of. */
export interface MockGitlabOptions {
  readonly spec: GitlabSpec;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** The name in every URL it gives out; `gitlab.test` by default. */
  readonly host?: string;
  /** The name of its object storage, for artifacts and caches; `host` by default. */
  readonly storageHost?: string;
  /** Other names of it, with the ports at which clients find it by them; the first is in every URL it gives out, in place of `host`. */
  readonly known?: readonly OriginName[];
  /** The same for its object storage. */
  readonly knownStorage?: readonly OriginName[];
  /** Signs its certificate when the declaration wants TLS; without it an authority of its own does. */
  readonly ca?: CertificateAuthority;
  /** A directory for what is uploaded; only a folder of its own in it is written to, and removed in the end. */
  readonly dir: string;
  /** How connections to its own listener count; `proxy` by default, because only the proxy knows the way there. */
  readonly listenerVia?: 'proxy' | 'direct';
  /** Kinds of requests that are answered; all by default. Others get 404 and a flag, as unknown ones do. */
  readonly allowedKinds?: readonly RequestKind[];
  /** Where repositories are kept, so that several mocks have them in common; by default in `dir`. */
  readonly repositories?: RepositoryStore;
  /** The container registry that goes with it. */
  readonly registry?: {
    /** `host:port`. */
    readonly address: string;
    /** Signs the tokens that let clients in. */
    readonly signer: IssuedCertificate;
  };
}
