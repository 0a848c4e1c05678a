import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** The first byte of a TLS connection (RFC 8446 section 5.1). */
const TLS_HANDSHAKE = 0x16;

/**
 * Has a server of plain HTTP hand each connection that begins with a TLS handshake to another server, which does not listen
 * itself, and answer its requests.
 */
export function handsTlsTo(tls: Server, plain: Server): void {
  const takes = plain.listeners('connection');
  plain.removeAllListeners('connection').on('connection', (socket: Socket) => {
    // Until one of the two has it, nobody else hears of a reset.
    socket.on('error', () => {});
    socket.once('readable', () => {
      const first: Buffer | null = socket.read(1);
      if (first) socket.unshift(first);
      if (first?.[0] === TLS_HANDSHAKE) tls.emit('connection', socket);
      else for (const take of takes) take.call(plain, socket);
    });
  });
  tls.on('request', (req, res) => plain.emit('request', req, res));
}
