import type { Socket } from 'node:net';
import type { IssuedCertificate } from '../tls/index.ts';
import type { CacheAccess } from './cache/cache-storage.ts';
import type { Plan } from './plan.ts';
import type { RegistryAuth, RegistryLogin } from './registry/registry-tokens.ts';
import type { JobSpec } from './spec.ts';
import type { WrongCertificate } from './wrong-certificate.ts';

/** The tokens of one mock GitLab; all of them are declared secrets. */
export interface GitlabTokens {
  /** For `register`, as runners before 16 use it. */
  readonly registration: string;
  /** The token of a runner that is already registered; begins with `glrt-`. */
  readonly runner: string;
  /** A personal access token, for resetting a runner's token by the runner's id. */
  readonly personal: string;
}

/** How a job stands. */
export interface JobStatus {
  readonly id: number;
  readonly state: 'pending' | 'running' | 'success' | 'failed' | 'canceled';
  /** The trace received so far. */
  readonly trace: string;
}

/** A running mock GitLab, as a scenario and the world see it. */
export interface MockGitlab extends AsyncDisposable {
  /** The host name in every URL it gives out. */
  readonly host: string;
  /** The port it listens on, on loopback and, by the same number, behind every door of the world. */
  readonly port: number;
  /** Base URL by name, such as `http://gitlab.test:41237`. */
  readonly url: string;
  /** The PEM of the CA that signed its certificate, or its object storage's; only with TLS. */
  readonly caPem?: string;
  readonly tokens: GitlabTokens;
  /** How a registry has this GitLab's tokens checked; only where a registry is declared. */
  readonly registryAuth?: RegistryAuth;
  /** Credentials that every repository of the registry takes at any time, for whoever is no job; likewise. */
  readonly registryLogin?: RegistryLogin;
  /** How a runner reaches the bucket for caches; only where one is declared. */
  readonly cache?: CacheAccess;
  /** Queues a job now. */
  queue(job: JobSpec): JobStatus;
  /** The job as it stands. @throws RangeError when there is no such job */
  job(id: number): JobStatus;
  /** Asks the runner to cancel a running job by `Job-Status`. */
  cancel(id: number, how: 'canceling' | 'canceled'): void;
  /** Replaces the plan from now on; occurrences are counted anew. */
  follow(plan: Plan): void;
  /**
   * Serves connections that come from now on another certificate; those that are open stay.
   * @param wrong what is wrong with it
   * @throws Error when it speaks no TLS
   */
  serveWrongCertificate(wrong: WrongCertificate): Promise<void>;
  /**
   * Makes a certificate that it takes from a client, where its declaration has `clientCertificate`; the key is a secret.
   * @param name whose it is: the common name
   * @throws Error when it asks nobody for a certificate
   */
  issueClientCertificate(name: string): Promise<IssuedCertificate>;
  /** Answers every held job request now. */
  releaseLongPolls(): void;
  /** Takes over a connection that came in by a door of the world rather than by its own listener. */
  accept(socket: Socket, via: 'direct' | 'proxy'): void;
}
