/**
 * A program, not a module: the first process of a namespace, or a visitor in it. It opens listeners and connections
 * there and hands them to the harness, in whose process they then live.
 *
 *     node holder.ts hold|visit SHELL HOLD-SCRIPT
 */
import { createSocket, type Socket } from 'node:dgram';
import { connect, createServer, type Server } from 'node:net';

/** Where to listen. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}
/** Where to take datagrams. */
export interface BindRequest extends ListenAddress {
  readonly datagrams: true;
}
/** What to connect to, with a number that the answer repeats: several may be under way. */
export interface ConnectRequest extends ListenAddress {
  readonly connect: number;
}
/** What it says: ready to be asked; a listener, which comes with the message; or what went wrong. */
export type HolderMessage =
  | { readonly ready: true }
  | { readonly listening: true }
  | { readonly error: string }
  /** A connection, which comes with the message, or why there is none. */
  | { readonly connected: number; readonly refused?: { readonly message: string; readonly code: string } };

const say = (message: HolderMessage): void => {
  process.send?.(message);
};

/** Hands a listener over in the turn in which it began to listen, so that this process never accepts a connection. */
const handOver = (server: Server | Socket): void => {
  const message: HolderMessage = { listening: true };
  process.send?.(message, server, () => server.close());
};

const open = ({ host, port, connect: connected }: ConnectRequest): void => {
  const socket = connect({ host, port, noDelay: true });
  // What its other end says first is for the harness.
  socket.pause();
  socket.once('connect', () => process.send?.({ connected } satisfies HolderMessage, socket));
  socket.once('error', ({ message, code = 'ECONNREFUSED' }: NodeJS.ErrnoException) =>
    say({ connected, refused: { message, code } }),
  );
};

const bind = ({ host, port }: BindRequest): void => {
  const socket = createSocket('udp4');
  socket.once('error', (error) => say({ error: error.message }));
  socket.bind({ address: host, port }, () => handOver(socket));
};

process.on('message', (request: ListenAddress | BindRequest | ConnectRequest) => {
  if ('connect' in request) return open(request);
  if ('datagrams' in request) return bind(request);
  const { host, port } = request;
  const server = createServer();
  server.once('error', (error) => say({ error: error.message }));
  server.once('listening', () => handOver(server));
  server.listen({ host, port, backlog: 4096 });
});

process.on('disconnect', () => {
  const [, , task, shell, script] = process.argv;
  // A shell and cat hold a namespace with 1 MB; this process would need 50.
  if (task === 'hold' && shell && script) process.execve?.(shell, [shell, '-c', script], process.env);
  process.exit(0);
});

say({ ready: true });
