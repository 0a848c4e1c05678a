import type { ClientCertificateAsked } from './client-certificates.ts';
import type { Plan } from './plan.ts';
import type { TooKind } from './registry/too-kind.ts';
import type { WrongCertificate } from './wrong-certificate.ts';

/** A repository made on the fly. */
export interface RepositorySpec {
  /** Path below the server, such as `group/project`. */
  readonly path: string;
  /** Files of the only commit: path to content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Makes a repository of about this many bytes of content that does not compress. */
  readonly bytes?: number;
  /** How many commits there are on `main`; 1 by default. */
  readonly commits?: number;
  /** Submodules: path in the tree to the other repository's path, by URL relative or absolute. */
  readonly submodules?: Readonly<
    Record<string, { readonly repository: string; readonly url: 'relative' | 'absolute' }>
  >;
  /** Files stored by Git LFS: path to content. */
  readonly lfs?: Readonly<Record<string, string>>;
}

/** A service container of a job. */
export interface JobServiceSpec {
  readonly name: string;
  readonly alias?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
}

/** A job that waits to be handed out. */
export interface JobSpec {
  /** Lines of the job's `script`; `["true"]` by default. */
  readonly script?: readonly string[];
  /** The repository to clone; without one the job has `GIT_STRATEGY: none`. */
  readonly repository?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Variables that GitLab gives as masked: of eight characters at least, which no trace may show. */
  readonly maskedVariables?: Readonly<Record<string, string>>;
  /** The image that `.gitlab-ci.yml` names for the job; config.toml's own when left out. */
  readonly image?: string;
  /** Services that `.gitlab-ci.yml` names. */
  readonly services?: readonly JobServiceSpec[];
  /** Lines of the job's `before_script`, which a runner gets at the beginning of its script. */
  readonly beforeScript?: readonly string[];
  /** Lines of the job's `after_script`, which runs whatever became of the script. */
  readonly afterScript?: readonly string[];
  /** Restored before the script and saved after it. */
  readonly cache?: { readonly key: string; readonly paths: readonly string[] };
  /** Paths that are uploaded as an archive when the script is done. */
  readonly artifacts?: readonly string[];
  /**
   * Takes the artifacts of a job that is already done, which the mock makes up. With `bytes` they have a file `random` of so many
   * that do not compress, and its checksum in `SHA256SUMS`, as sha256sum reads it.
   */
  readonly downloads?: boolean | { readonly bytes: number };
  /** Whether it is told a login for GitLab's container registry, where there is one; true by default. */
  readonly registryLogin?: boolean;
  readonly depth?: number;
  readonly submodules?: 'none' | 'normal' | 'recursive';
  readonly allowGitFetch?: boolean;
  readonly timeoutSeconds?: number;
}

/** Statuses by which a download is redirected. */
export const REDIRECT_STATUSES = [301, 302, 303, 307, 308] as const;
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number];

/** The declaration of a mock GitLab. */
export interface GitlabSpec {
  /** Serves https with a certificate of the run's private CA. */
  readonly tls?: boolean;
  /** Its URL names no port, and so the default one of its scheme: for a world where it is asked directly. */
  readonly defaultPort?: boolean;
  /** What is wrong with the certificate that it serves with `tls`; nothing by default. Clients are given the CA all the same. */
  readonly wrongCertificate?: WrongCertificate;
  /**
   * Asks clients for a certificate, as nginx in front of a GitLab does with `ssl_verify_client`; of `tls` alone. Whoever shows one that
   * its CA did not sign gets 400, and, where it is `required`, whoever shows none. Its object storage asks likewise, and refuses nobody.
   */
  readonly clientCertificate?: ClientCertificateAsked;
  readonly plan?: Plan;
  /** Jobs that are queued from the start. */
  readonly jobs?: readonly JobSpec[];
  readonly repositories?: readonly RepositorySpec[];
  /** How long a job request is held when there is no job, in milliseconds; 0 (at once) by default. */
  readonly longPollMs?: number;
  /** Value of `X-GitLab-Trace-Update-Interval`, in seconds; left out by default. */
  readonly traceUpdateInterval?: number;
  /** How much later than the subject's its clock is, in seconds; negative for earlier, 0 by default. */
  readonly clockAheadSeconds?: number;
  /** Answers artifact downloads with a redirect to object storage. */
  readonly directDownload?: boolean;
  /** The status of that redirect; 302 by default. */
  readonly directDownloadStatus?: RedirectStatus;
  /** Its object storage redirects the download of an archive once more, to another path of its own, by a relative `Location`. */
  readonly storageMoves?: boolean;
  /** Whether its object storage speaks TLS; by default as GitLab itself. Both have one port. */
  readonly storageTls?: boolean;
  /** Answers downloads of Git LFS with a redirect to object storage, as GitLab does where it keeps them there. */
  readonly lfsAtStorage?: boolean;
  /** Object storage for caches, on the storage's host and the server's own port; its keys are made up, and are in the handle. */
  readonly cache?: { readonly bucket: string };
  /** What the tokens of its container registry are too kind in, for scenarios to notice; in nothing by default. */
  readonly registryTokens?: TooKind;
}
