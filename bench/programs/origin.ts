import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok');
const CHUNK = Buffer.alloc(256 * 1024, 'proxyproof ');

/** What a client sends in a tunnel; the same comes back. No protocol begins so. */
export const PING = Buffer.from('\u0001ping');

/**
 * An origin on bare sockets, so that little but the proxy in front of it costs time: it says back a ping, answers a
 * GET, and sends as many bytes as `GET /bytes/N` asks for.
 */
export async function startOrigin(): Promise<{ server: Server; port: number }> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', (data) => {
      if (data[0] === PING[0]) socket.write(PING);
      else answer(socket, data.toString('latin1'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

function answer(socket: Socket, request: string): void {
  const bytes = /^GET \S*\/bytes\/(\d+)/.exec(request)?.[1];
  if (bytes === undefined) socket.write(OK);
  else send(socket, Number(bytes));
}

function send(socket: Socket, bytes: number): void {
  socket.write(`HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${bytes}\r\n\r\n`);
  let left = bytes;
  const more = (): void => {
    while (left > 0 && socket.writable) {
      const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
      left -= chunk.length;
      if (!socket.write(chunk)) {
        socket.once('drain', more);
        return;
      }
    }
  };
  more();
}
