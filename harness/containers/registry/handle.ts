import type { Socket } from 'node:net';

/** A registry, up and listening. */
export interface Registry extends AsyncDisposable {
  /** `registry.test`. */
  readonly host: string;
  readonly port: number;
  /** `host:port`, as it stands before an image's name. */
  readonly address: string;
  /** With scheme. */
  readonly url: string;
  /** PEM of the CA that signed its certificate. */
  readonly caPem?: string;
  /** The tags of a repository as the registry's own storage has them, asked behind the front and not recorded. */
  tags(repository: string): Promise<readonly string[]>;
  /** Takes over a connection that came in by a door of the world rather than by its own listener. */
  accept(socket: Socket, via: 'direct' | 'proxy'): void;
}
