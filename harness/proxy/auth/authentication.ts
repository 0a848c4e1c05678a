import type { Exchange } from '../front/exchange.ts';
import type { Connection } from '../gate/connection.ts';
import type { AuthScheme, Conversation } from './scheme.ts';

/** Keeps a conversation with each connection, and answers 407 where it does not end well. */
export class Authentication {
  readonly #scheme: AuthScheme;
  readonly #conversations = new WeakMap<Connection, Conversation>();

  constructor(scheme: AuthScheme) {
    this.#scheme = scheme;
  }

  challenge(): [string, string][] {
    return this.#scheme.challenges().map((value) => ['Proxy-Authenticate', value]);
  }

  /** @returns whether the request may go on; if not it has been answered, and the connection stays open */
  admits(exchange: Exchange): boolean {
    const { connection, request } = exchange;
    let conversation = this.#conversations.get(connection);
    if (!conversation) {
      conversation = this.#scheme.converse();
      this.#conversations.set(connection, conversation);
    }
    const verdict = conversation.next({
      method: exchange.method,
      target: exchange.target,
      authorization: request.headers['proxy-authorization'],
    });
    if (verdict.granted) return true;
    exchange.answer({
      status: 407,
      headers: verdict.challenges.map((value) => ['Proxy-Authenticate', value]),
      body: { framing: 'length', text: 'Proxy credentials required.\n' },
      close: false,
    });
    return false;
  }
}
