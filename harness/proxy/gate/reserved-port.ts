import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';

/**
 * Keeps a port of loopback on which nobody listens for whoever listens there again: the system gives it to no other program,
 * whose clients and ours would meet otherwise, and refuses connections to it as before.
 *
 * A socket that is bound to a port and connected elsewhere takes it from the choice of `bind` and `connect`, but not from one
 * who asks for it by its number, as Node's own sockets all have SO_REUSEADDR.
 * @throws Error when the port is taken already
 */
export async function reservePort(port: number): Promise<Disposable> {
  const accepted: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => {});
    accepted.push(socket);
  });
  server.listen({ host: LOOPBACK, port: 0 });
  await once(server, 'listening');
  const { port: other } = server.address() as AddressInfo;
  const socket = connect({ host: LOOPBACK, port: other, localAddress: LOOPBACK, localPort: port });
  try {
    await once(socket, 'connect');
  } finally {
    server.close();
  }
  socket.on('error', () => {});
  return {
    [Symbol.dispose]: () => {
      // A reset leaves no TIME_WAIT behind.
      socket.resetAndDestroy();
      for (const each of accepted) each.destroy();
    },
  };
}
