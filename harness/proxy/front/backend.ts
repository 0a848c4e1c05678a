import type { Socket } from 'node:net';
import type { ClientConnection } from '../gate/client-connection.ts';
import type { AnswerStyle } from './answer-style.ts';
import type { ProxyExchange } from './proxy-exchange.ts';

/** What carries requests out once the faults have let them through: authenticates, resolves, forwards, tunnels. */
export interface Backend extends AnswerStyle, Disposable {
  readonly product: string;
  /** Called for each client before its first request. */
  opened?(connection: ClientConnection): void;
  forward(exchange: ProxyExchange): void;
  /** Answers a CONNECT; calls `exchange.established` when the tunnel stands. */
  tunnel(exchange: ProxyExchange): void;
  /** Answers what is no HTTP; 400 by default. */
  malformed?(error: Error, socket: Socket): void;
  /** Whether the credentials of a request are right; if not it has been answered. */
  admits(exchange: ProxyExchange): boolean;
}
