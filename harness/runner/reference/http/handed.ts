/** A client's certificate and its key, as PEM. */
export interface ClientPair {
  readonly cert: string;
  readonly key: string;
}

/** What a job is handed for its own connections to GitLab. */
export interface Handed {
  /** The certificates to trust GitLab by, as PEM. */
  readonly ca?: string | undefined;
  /** What to say by who it is. */
  readonly client?: ClientPair | undefined;
}
