import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import {
  Connections,
  hasBody,
  type Ledger,
  listen,
  makeServer,
  RecordedExchange,
  wrongHost,
} from '../../../ledger/index.ts';
import type { IssuedCertificate } from '../../../tls/index.ts';
import { passOn } from './pass-on.ts';

/** What stands before a registry. */
export interface Front extends AsyncDisposable {
  readonly port: number;
  /** Takes over a connection that came in by a door of the world rather than by its own listener. */
  accept(socket: Socket, via: 'direct' | 'proxy'): void;
}

/**
 * Starts a server on loopback that records every request and has it answered by the registry behind it. Bodies pass as
 * they come; only their beginning is kept, however large they are.
 */
export async function createFront(options: {
  readonly ledger: Ledger;
  /** The name by which clients know it. */
  readonly host: string;
  /** Other names and ports by which clients know it. */
  readonly known?: readonly { readonly host: string; readonly port: number }[];
  /** The registry's own socket; nothing need be there yet. */
  readonly socketPath: string;
  /** With it the front speaks TLS. */
  readonly certificate?: IssuedCertificate;
  /** How connections to its own listener count. */
  readonly listenerVia: 'proxy' | 'direct';
}): Promise<Front> {
  const { ledger, certificate } = options;
  let port = 0;
  const connections = new Connections({
    ledger,
    peer: 'registry',
    to: () => `${options.host}:${port}`,
    defaultVia: options.listenerVia,
  });
  const server = makeServer(certificate, connections, (connection, why, tls) => {
    // With a registry that need not be secure Docker tries TLS first.
    if (tls === 'unexpected') return;
    ledger.record('registry', {
      kind: 'flag',
      what: `No request, on connection ${connection}: ${why}.`,
      ...(tls ? { odd: true } : {}),
    });
  });
  const isKnown = (named: string | undefined): boolean =>
    (options.known ?? []).some((each) => named === each.host || named === `${each.host}:${each.port}`);
  // A layer takes as long as the way to here lets it.
  server.requestTimeout = 0;
  const agent = new Agent({ keepAlive: true });
  const behind = { socketPath: options.socketPath, agent, scheme: certificate ? 'https' : 'http' } as const;
  const take = (request: IncomingMessage, response: ServerResponse, waits: boolean): void => {
    const connection = connections.of(request.socket);
    const exchange = new RecordedExchange({
      ledger,
      peer: 'registry',
      connection,
      id: `${connection.id}.${++connection.requests}`,
      method: request.method ?? '',
      target: request.url ?? '',
      httpVersion: request.httpVersion,
      headers: request.rawHeaders,
      requestKind: 'registry',
      hasBody: hasBody(request.headers),
      passesOn: true,
    });
    const wrong = isKnown(request.headers.host) ? undefined : wrongHost(request.headers.host, connections.origin);
    if (wrong !== undefined) exchange.flag(wrong);
    connection.unanswered += 1;
    response.once('close', () => {
      connection.unanswered -= 1;
    });
    passOn(exchange, request, response, behind, waits);
  };
  server.on('request', (request, response) => take(request, response, false));
  server.on('checkContinue', (request, response) => take(request, response, true));
  port = await listen(server);
  return {
    port,
    accept: (socket, via) => {
      connections.announce(socket, via);
      server.emit('connection', socket);
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      await connections.cutAll();
      agent.destroy();
      await closed;
    },
  };
}
