import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Dialer } from '../dialer.ts';
import type { Engine } from '../engine.ts';
import { passRequestFaults } from '../faults/request-faults.ts';
import { strikesStreams } from '../faults/stream-guard.ts';
import type { ActiveFault } from '../faults/switchboard.ts';
import type { Connection } from '../gate/connection.ts';
import { belongsTo, connectionOf } from '../gate/connection-of.ts';
import { forward } from '../keep-alive/forward.ts';
import type { Fault } from '../spec.ts';
import type { Backend } from './backend.ts';
import type { ProxyContext } from './context.ts';
import { Exchange } from './exchange.ts';
import { RecordedRequest } from './recorded-request.ts';
import { RecordedResponse } from './recorded-response.ts';

/** How long an idle client keeps its connection, in milliseconds: squid's `client_idle_pconn_timeout`. */
const IDLE_MS = 120_000;

/** Reads requests, lets faults strike them, records them, and hands them to a backend. */
export class HttpFront implements Engine {
  readonly product: string;
  readonly #context: ProxyContext;
  readonly #backend: Backend;
  readonly #dialer: Dialer;
  readonly #server: Server<typeof RecordedRequest, typeof RecordedResponse>;

  constructor(context: ProxyContext, backend: Backend, dialer: Dialer) {
    this.product = backend.product;
    this.#context = context;
    this.#backend = backend;
    this.#dialer = dialer;
    // Uploads of any length are the scenarios' own business.
    this.#server = createServer({
      keepAliveTimeout: IDLE_MS,
      requestTimeout: 0,
      IncomingMessage: RecordedRequest,
      ServerResponse: RecordedResponse,
    });
    this.#server.on('request', (request, response) => this.#take(request, response));
    this.#server.on('checkContinue', (request, response) => this.#expectsContinue(request, response));
    this.#server.on('connect', (request, socket, head) => this.#connect(request, socket, head));
    this.#server.on('clientError', (error, socket) => this.#malformed(error, socket as Socket));
  }

  serve(connection: Connection): void {
    const { socket } = connection;
    belongsTo(socket, connection);
    this.#backend.opened?.(connection);
    this.#server.emit('connection', socket);
  }

  cannot(fault: Fault): string | undefined {
    return this.#backend.cannot?.(fault);
  }

  faultIsOn(active: ActiveFault, open: Iterable<Connection>): void {
    const { fault } = active;
    const standstill = fault.fault === 'hang' && fault.when === undefined;
    for (const connection of open) {
      if (strikesStreams(active)) connection.tunnel?.guard();
      if (standstill) this.#context.faults.hang(active, connection);
    }
  }

  async credentialsChanged(): Promise<void> {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#backend[Symbol.dispose]();
    this.#dialer[Symbol.dispose]();
    this.#server.closeAllConnections();
  }

  #take(request: RecordedRequest, response: RecordedResponse): void {
    const connection = connectionOf(request.socket);
    if (!connection) return void request.destroy();
    const exchange = new Exchange(this.#context, connection, request, { response });
    if (!this.#context.faults.any) {
      this.#backend.forward(exchange);
      return;
    }
    void this.#afterFaults(exchange, () => this.#backend.forward(exchange));
  }

  #connect(request: RecordedRequest, socket: Duplex, firstBytes: Buffer): void {
    const connection = connectionOf(socket);
    if (!connection) return void socket.destroy();
    const exchange = new Exchange(this.#context, connection, request, {
      firstBytes,
      reopen: () => this.#readOn(connection, firstBytes),
    });
    if (!this.#context.faults.any) {
      this.#backend.tunnel(exchange);
      return;
    }
    void this.#afterFaults(exchange, () => this.#backend.tunnel(exchange));
  }

  async #afterFaults(exchange: Exchange, goOn: () => void): Promise<void> {
    if ((await passRequestFaults(exchange, this.#backend)) && exchange.connection.open) goOn();
  }

  /** RFC 9110 section 10.1.1. Without a fault the proxy says `100 Continue` itself and passes the field on. */
  #expectsContinue(request: RecordedRequest, response: RecordedResponse): void {
    const active = this.#context.faults.of('expect')[0];
    if (!active) {
      response.writeContinue();
      this.#take(request, response);
      return;
    }
    this.#context.faults.struck(active, `${request.method} ${request.url}`);
    if (active.fault.how === 'forward') {
      this.#passExpectOn(request, response);
      return;
    }
    if (active.fault.how === 'answer') response.writeContinue();
    for (let i = request.rawHeaders.length - 2; i >= 0; i -= 2) {
      if (request.rawHeaders[i]?.toLowerCase() === 'expect') request.rawHeaders.splice(i, 2);
    }
    this.#take(request, response);
  }

  #passExpectOn(request: RecordedRequest, response: RecordedResponse): void {
    const connection = connectionOf(request.socket);
    if (!connection) return;
    const exchange = new Exchange(this.#context, connection, request, { response });
    void this.#afterFaults(exchange, () => {
      if (this.#backend.admits(exchange)) forward(exchange, this.#dialer, { awaitContinue: true });
    });
  }

  /** Gives a connection whose CONNECT was turned down back to node:http, for the next request. */
  #readOn(connection: Connection, firstBytes: Buffer): void {
    const { socket } = connection;
    if (socket.destroyed) return;
    if (firstBytes.length > 0) socket.unshift(firstBytes);
    this.#server.emit('connection', socket);
  }

  #malformed(error: Error & { code?: string }, socket: Socket): void {
    const connection = connectionOf(socket);
    if (error.code === 'ECONNRESET' || !socket.writable || connection?.hanging) return void socket.destroy();
    this.#context.ledger.record('proxy', {
      kind: 'flag',
      what: `A client sent no valid HTTP request: ${error.message}`,
    });
    if (this.#backend.malformed) {
      this.#backend.malformed(error, socket);
      return;
    }
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    socket.resume();
    socket.setTimeout(1000, () => socket.destroy());
  }
}
