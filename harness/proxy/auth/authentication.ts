import type { Header } from '../../ledger/index.ts';
import type { ProxyExchange } from '../front/proxy-exchange.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import type { AuthScheme, ClaimVerdict, Conversation } from './scheme.ts';

/** Keeps a conversation with each connection, and answers 407 where it does not end well. */
export class Authentication {
  readonly #scheme: AuthScheme;
  readonly #conversations = new WeakMap<ClientConnection, Conversation>();
  /** Those that a fault has let in with wrong credentials. */
  readonly #trusted = new WeakSet<ClientConnection>();

  constructor(scheme: AuthScheme) {
    this.#scheme = scheme;
  }

  challenge(): [string, string][] {
    return this.#scheme.challenges().map((value) => ['Proxy-Authenticate', value]);
  }

  /**
   * What every answer says besides: where a connection is authenticated, clients older than HTTP/1.1, and those that
   * were made for the proxies of their time, keep it only when told so in this way.
   */
  get persistence(): readonly Header[] {
    return this.#scheme.connectionBound ? [['Proxy-Connection', 'keep-alive']] : [];
  }

  /** @returns whether the request may go on; if not it has been answered, and the connection stays open */
  admits(exchange: ProxyExchange): boolean {
    const { connection, request, context } = exchange;
    let conversation = this.#conversations.get(connection);
    if (!conversation) {
      conversation = this.#scheme.converse();
      this.#conversations.set(connection, conversation);
    }
    const authorization = request.headers['proxy-authorization'];
    const verdict = conversation.next({
      method: exchange.method,
      target: exchange.target,
      authorization,
      // The answer to a CONNECT that is turned down leaves the connection open, whatever the client says.
      persistent: exchange.response?.shouldKeepAlive ?? true,
    });
    if (verdict.told) {
      const { name: scheme } = this.#scheme;
      context.ledger.record('proxy', { kind: 'authentication', exchange: exchange.id, scheme, ...verdict.told });
    }
    if (verdict.granted || this.#trusts(exchange, verdict, authorization)) return true;
    // A body that came all the same is read, so that its size is recorded and the next request can be told from it.
    if (!exchange.isConnect) request.resume();
    exchange.answer({
      status: 407,
      headers: [...verdict.challenges.map((value): Header => ['Proxy-Authenticate', value]), ...this.persistence],
      body: { framing: 'length', text: 'Proxy credentials required.\n' },
      close: false,
    });
    return false;
  }

  #trusts(exchange: ProxyExchange, { told }: ClaimVerdict, authorization: string | undefined): boolean {
    const { connection, context } = exchange;
    // Who was challenged has yet to say who he is.
    if (!context.faults.any || told?.step === 'challenged') return false;
    if (authorization === undefined && !this.#trusted.has(connection)) return false;
    if (!context.faults.credentials(exchange, told?.step === 'refused' ? (told.reason ?? '') : '')) return false;
    if (this.#scheme.connectionBound) this.#trusted.add(connection);
    return true;
  }
}
