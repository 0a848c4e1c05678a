import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { isConnectionLost } from './connection-lost.ts';
import type { Connections } from './connections.ts';

/** How long an idle connection is kept, in milliseconds; that of the nginx in front of GitLab and its registry. */
const KEEP_ALIVE_MS = 65_000;
/** Thousands of clients may come at once; the system cuts it to its own limit. */
const BACKLOG = 8192;
/** The first byte of a TLS connection (RFC 8446 section 5.1). */
const TLS_HANDSHAKE = 0x16;

/**
 * Is told of what came in on a connection and is no request.
 * @param tls it was the beginning of a TLS handshake, with a server that speaks plain HTTP, or one that came to no end: a client
 * that does not trust this server does right
 */
export type OnMalformed = (connection: string, why: string, tls: 'unexpected' | 'failed' | undefined) => void;

/**
 * Makes the HTTP server, with TLS when it gets a certificate. It does not listen yet, and answers no requests.
 * @param certificate with what it asks of clients' certificates, where it asks for them
 */
export function makeServer(
  certificate:
    | ({ readonly key: string; readonly cert: string } & Pick<
        ServerOptions,
        'ca' | 'requestCert' | 'rejectUnauthorized'
      >)
    | undefined,
  connections: Connections,
  onMalformed: OnMalformed,
): Server {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS };
  const server: Server = certificate
    ? createTlsServer({ ...options, ...certificate, ALPNProtocols: ['http/1.1'] })
    : createServer(options);
  // With TLS this comes before the handshake, for the TCP connection; without, it is the only one.
  server.on('connection', (socket) => connections.open(socket, certificate !== undefined));
  server.on('connect', (req: IncomingMessage, socket: Duplex) => {
    onMalformed(
      connections.of(req.socket).id,
      `CONNECT ${req.url} was sent to ${connections.origin}, which is no proxy`,
      undefined,
    );
    socket.end(plainAnswer('405 Method Not Allowed'));
  });
  /** Node tells of a handshake that failed by both events. */
  const handshakes = new WeakSet<Error>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (handshakes.has(error)) socket.destroy();
    else answerMalformed(error, socket, connections, onMalformed);
  });
  server.prependListener('tlsClientError', (error: Error, socket: Duplex) => {
    handshakes.add(error);
    onMalformed(connections.find(socket)?.id ?? 'unknown', `the TLS handshake failed: ${error.message}`, 'failed');
  });
  return server;
}

/** Listens on loopback. @returns the port */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1', backlog: BACKLOG }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

function answerMalformed(
  error: NodeJS.ErrnoException & { readonly rawPacket?: Buffer },
  socket: Duplex,
  connections: Connections,
  onMalformed: OnMalformed,
): void {
  const connection = connections.find(socket);
  const left = isConnectionLost(error) || (error.code === 'HPE_INVALID_EOF_STATE' && connection?.unanswered !== 0);
  if (left || !connection) {
    socket.destroy();
    return;
  }
  onMalformed(connection.id, error.message, error.rawPacket?.[0] === TLS_HANDSHAKE ? 'unexpected' : undefined);
  // In the middle of another answer, or of what is no HTTP at all any more, there is nothing left to say.
  if (!socket.writable || connection.unanswered > 0) socket.destroy();
  else socket.end(plainAnswer(statusOf(error.code)), () => socket.destroy());
}

function statusOf(code: string | undefined): string {
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  return '400 Bad Request';
}

const plainAnswer = (status: string): string => `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
