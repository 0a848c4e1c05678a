/**
 * A program and its arguments. In them `{url}` and `{authority}` (host and port) stand for what is asked for, `{fetch}` for
 * the directory of docker/clients/fetch, `{built}` for that of what the image's build made of it, `{node}` for Node, and
 * `{authorities}` for a file of certificates.
 */
export type Command = readonly string[];

/** How the probe has a client ask for a URL. */
export type Asking =
  /** A process for every question. */
  | { readonly how: 'once'; readonly command: Command | Readonly<Record<'http' | 'https', Command>> }
  /**
   * A process that answers one question after the other: a line of JSON with client, url and environment comes in, a
   * line with a complaint, or an empty one, goes out.
   */
  | { readonly how: 'fresh'; readonly command: Command }
  /** Such a process for every environment, because it reads its own but once. */
  | { readonly how: 'settled'; readonly command: Command }
  /** dockerd, started for every environment, and told to pull. */
  | { readonly how: 'daemon' };
