import type { ClientPair } from '../http/handed.ts';

/** Certificates that a connection to GitLab was verified by, and where they are from; all PEM. */
export interface Verified {
  /** The content of tls-ca-file, or of certs/HOST.crt. */
  readonly file: string | undefined;
  /** What GitLab was verified by without such a file: from its own certificate to the root. */
  readonly chain: readonly string[];
}

/** Whom the runner trusts, by what it says who it is, and whom it has its jobs trust. */
export interface TlsPolicy {
  /** The name of the file in `certs`, beside config.toml. */
  readonly certificateName: (host: string, port: number) => string;
  /** Whether its file is read for each connection, rather than once. */
  readonly readsAnew: boolean;
  /** Whether the machine's store counts beside the file. */
  readonly storeBesides: boolean;
  /** CI_SERVER_TLS_CA_FILE of a job; nothing leaves it out. */
  readonly hands: (verified: Verified) => string | undefined;
  /** Whether it shows GitLab the certificate that it was given. */
  readonly presents: boolean;
  /** Whether that is read for each connection, rather than once. */
  readonly readsPairAnew: boolean;
  /** What of it a job is handed: CI_SERVER_TLS_CERT_FILE and CI_SERVER_TLS_KEY_FILE. */
  readonly handsPair: (pair: ClientPair) => ClientPair | undefined;
}

/** What the page and every version of the runner do. */
export const honestTls: TlsPolicy = {
  certificateName: (host) => `${host}.crt`,
  readsAnew: true,
  storeBesides: true,
  hands: ({ file, chain }) => file ?? (chain.length > 0 ? chain.join('') : undefined),
  presents: true,
  readsPairAnew: true,
  handsPair: (pair) => pair,
};
