import { createServer, type Server } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { AnswerStyle } from '../front/answer-style.ts';
import type { ProxyContext } from '../front/context.ts';
import { ProxyExchange } from '../front/proxy-exchange.ts';
import { RecordedRequest } from '../front/recorded-request.ts';
import { RecordedResponse } from '../front/recorded-response.ts';
import { isRefused, isSound } from '../front/sound-request.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { forward } from '../keep-alive/forward.ts';
import { refuseTarget } from '../keep-alive/refuse-target.ts';
import type { WayOut } from '../way-out.ts';
import type { Interceptor } from './interceptor.ts';

const STYLE: AnswerStyle = { keepsOpen: true, challenge: () => [] };

/** Opens the TLS inside tunnels, as a filtering proxy does, and reads the requests there. */
export class OpenedTunnels {
  readonly #wayOut: WayOut;
  readonly #interceptor: Interceptor;
  readonly #opened = new WeakMap<object, { connection: ClientConnection; within: string }>();
  readonly #server: Server<typeof RecordedRequest, typeof RecordedResponse>;

  constructor(context: ProxyContext, wayOut: WayOut, interceptor: Interceptor) {
    this.#wayOut = wayOut;
    this.#interceptor = interceptor;
    this.#server = createServer(
      { IncomingMessage: RecordedRequest, ServerResponse: RecordedResponse },
      (request, response) => {
        const opened = this.#opened.get(request.socket);
        if (!opened) return void request.destroy();
        if (isRefused(opened.connection)) return;
        const exchange = new ProxyExchange(context, opened.connection, request, {
          style: STYLE,
          response,
          within: opened.within,
        });
        if (!isSound(exchange)) return;
        void context.faults.request(exchange, exchange).then((goesOn) => {
          if (goesOn) forward(exchange, wayOut, { opened: { trusts: interceptor.trusts } });
        });
      },
    );
  }

  /** Whether a CONNECT is to be opened. */
  wanted(exchange: ProxyExchange): boolean {
    return exchange.isConnect && this.#interceptor.opens(exchange.authority.host);
  }

  /** Says 200 to a CONNECT and speaks TLS in the origin's place. */
  open(exchange: ProxyExchange): void {
    const { host, port } = exchange.authority;
    if (!this.#wayOut.where(host, port)) {
      refuseTarget(exchange);
      return;
    }
    void this.#open(exchange, host, port).catch((error: Error) => {
      exchange.odd(`TLS could not be opened in the tunnel to ${exchange.target}: ${error.message}`);
      exchange.connection.cut('close');
    });
  }

  async #open(exchange: ProxyExchange, host: string, port: number): Promise<void> {
    const { connection } = exchange;
    const secureContext = await this.#interceptor.contextFor(host);
    const outer = connection.socket;
    outer.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    exchange.answerBegun({ status: 200, reason: 'Connection Established', headers: [] }, 'self');
    if (exchange.firstBytes.length > 0) outer.unshift(exchange.firstBytes);
    const secure = new TLSSocket(outer, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
    secure.on('error', (error) => {
      exchange.odd(`The client does not go on with the proxy's TLS for ${exchange.target}: ${error.message}`);
      connection.cut('close');
    });
    connection.socket = secure;
    this.#opened.set(secure, { connection, within: `https://${host}:${port}` });
    secure.once('secure', () => this.#server.emit('connection', secure));
  }
}
