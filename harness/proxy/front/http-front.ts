import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isConnectionLost } from '../../ledger/index.ts';
import type { Carrier } from '../carrier.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { belongsTo, connectionOf } from '../gate/connection-of.ts';
import { MalformedMessage } from '../grammar/index.ts';
import { forward } from '../keep-alive/forward.ts';
import type { WayOut } from '../way-out.ts';
import type { Backend } from './backend.ts';
import type { ProxyContext } from './context.ts';
import { ProxyExchange } from './proxy-exchange.ts';
import { RecordedRequest } from './recorded-request.ts';
import { RecordedResponse } from './recorded-response.ts';
import { refuseBytes } from './refuse-bytes.ts';
import { isRefused, isSound, noRequest, refuseRequest } from './sound-request.ts';

/** How long an idle client keeps its connection, in milliseconds: squid's `client_idle_pconn_timeout`. */
const IDLE_MS = 120_000;

/** Reads requests, lets faults strike them, records them, and hands them to a backend. */
export class HttpFront implements Carrier {
  readonly product: string;
  readonly #context: ProxyContext;
  readonly #backend: Backend;
  readonly #wayOut: WayOut;
  readonly #server: Server<typeof RecordedRequest, typeof RecordedResponse>;

  constructor(context: ProxyContext, backend: Backend, wayOut: WayOut) {
    this.product = backend.product;
    this.#context = context;
    this.#backend = backend;
    this.#wayOut = wayOut;
    // Uploads of any length are the scenarios' own business.
    this.#server = createServer({
      keepAliveTimeout: IDLE_MS,
      requestTimeout: 0,
      // Refused by `checkRequest`, which lets the record say so.
      requireHostHeader: false,
      IncomingMessage: RecordedRequest,
      ServerResponse: RecordedResponse,
    });
    // Node would drop what is more than its own limit, and say nothing; `checkRequest` refuses it.
    this.#server.maxHeadersCount = 0;
    this.#server.on('request', (request, response) => this.#take(request, response));
    this.#server.on('checkContinue', (request, response) => this.#expectsContinue(request, response));
    this.#server.on('connect', (request, socket, head) => this.#connect(request, socket, head));
    this.#server.on('clientError', (error, socket) => this.#malformed(error, socket as Socket));
  }

  serve(connection: ClientConnection): void {
    const { socket } = connection;
    belongsTo(socket, connection);
    this.#backend.opened?.(connection);
    this.#server.emit('connection', socket);
  }

  async credentialsChanged(): Promise<void> {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {
    this.#backend[Symbol.dispose]();
    this.#wayOut[Symbol.dispose]();
    this.#server.closeAllConnections();
  }

  #take(request: RecordedRequest, response: RecordedResponse): void {
    const exchange = this.#begin(request, response);
    if (exchange) this.#forward(exchange);
  }

  #begin(request: RecordedRequest, response: RecordedResponse): ProxyExchange | undefined {
    const connection = connectionOf(request.socket);
    if (!connection) return void request.destroy();
    if (isRefused(connection)) return;
    const exchange = new ProxyExchange(this.#context, connection, request, { style: this.#backend, response });
    return isSound(exchange) ? exchange : undefined;
  }

  #forward(exchange: ProxyExchange): void {
    if (!this.#context.faults.any) {
      this.#backend.forward(exchange);
      return;
    }
    void this.#afterFaults(exchange, () => this.#backend.forward(exchange));
  }

  #connect(request: RecordedRequest, socket: Duplex, firstBytes: Buffer): void {
    const connection = connectionOf(socket);
    if (!connection || isRefused(connection)) return void socket.destroy();
    const exchange = new ProxyExchange(this.#context, connection, request, {
      style: this.#backend,
      firstBytes,
      reopen: () => this.#readOn(connection, firstBytes),
    });
    if (!isSound(exchange)) return;
    if (!this.#context.faults.any) {
      this.#backend.tunnel(exchange);
      return;
    }
    void this.#afterFaults(exchange, () => this.#backend.tunnel(exchange));
  }

  async #afterFaults(exchange: ProxyExchange, goOn: () => void): Promise<void> {
    if ((await this.#context.faults.request(exchange, exchange)) && exchange.connection.open) goOn();
  }

  /** RFC 9110 section 10.1.1. Without a fault the proxy says `100 Continue` itself and passes the field on. */
  #expectsContinue(request: RecordedRequest, response: RecordedResponse): void {
    const exchange = this.#begin(request, response);
    if (!exchange) return;
    const who = this.#context.faults.expect(exchange);
    if (who === 'forward') {
      this.#passExpectOn(exchange);
      return;
    }
    if (who !== 'swallow') response.writeContinue();
    if (who) exchange.replaceHeaders(exchange.headers().filter(([name]) => !/^expect$/i.test(name)));
    this.#forward(exchange);
  }

  #passExpectOn(exchange: ProxyExchange): void {
    void this.#afterFaults(exchange, () => {
      if (this.#backend.admits(exchange)) forward(exchange, this.#wayOut, { awaitContinue: true });
    });
  }

  /** Gives a connection whose CONNECT was turned down back to node:http, for the next request. */
  #readOn(connection: ClientConnection, firstBytes: Buffer): void {
    const { socket } = connection;
    if (socket.destroyed) return;
    if (firstBytes.length > 0) socket.unshift(firstBytes);
    this.#server.emit('connection', socket);
  }

  #malformed(error: NodeJS.ErrnoException, socket: Socket): void {
    const connection = connectionOf(socket);
    const { current } = connection ?? {};
    const pending = current instanceof ProxyExchange && current.response?.writableFinished === false;
    const inBody = pending && !current.request.complete;
    // A client that closes in the middle of a body has left; the record says that the body was cut.
    const left = isConnectionLost(error) || (inBody && error.code === 'HPE_INVALID_EOF_STATE');
    if (left || !socket.writable || connection?.hanging) return void socket.destroy();
    // The body of a request goes wrong, or what follows one that is not answered yet.
    if (inBody) refuseRequest(current, new MalformedMessage(error.message));
    else if (pending) current.response?.once('finish', () => this.#refuseBytes(error, socket));
    else this.#refuseBytes(error, socket);
  }

  #refuseBytes(error: NodeJS.ErrnoException, socket: Socket): void {
    this.#context.ledger.record('proxy', { kind: 'flag', what: noRequest(error) });
    if (this.#backend.malformed) this.#backend.malformed(error, socket);
    else refuseBytes(socket, error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400);
  }
}
