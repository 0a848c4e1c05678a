import type { Duplex } from 'node:stream';
import type { ClientConnection } from './client-connection.ts';

/**
 * Kept on the socket itself. A WeakMap would keep a socket, and all that hangs on it, until the collector's next full
 * round: under load that is a hundred megabytes of what is long over.
 */
const CONNECTION = Symbol('connection');

type Known = Duplex & { [CONNECTION]?: ClientConnection };

/** Says which connection a socket belongs to. */
export function belongsTo(socket: Duplex, connection: ClientConnection): void {
  (socket as Known)[CONNECTION] = connection;
}

/** The connection that a socket belongs to. */
export function connectionOf(socket: Duplex): ClientConnection | undefined {
  return (socket as Known)[CONNECTION];
}
