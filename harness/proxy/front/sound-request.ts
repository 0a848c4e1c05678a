import type { ClientConnection } from '../gate/client-connection.ts';
import { checkRequest, MalformedMessage } from '../grammar/index.ts';
import type { ProxyExchange } from './proxy-exchange.ts';

const refused = new WeakSet<ClientConnection>();

/** Whether a connection is being closed: what node:http still finds in its bytes is no request any more. */
export const isRefused = (connection: ClientConnection): boolean => refused.has(connection);

/** As the record says it. */
export const noRequest = ({ message }: Error): string => `A client sent no valid HTTP request: ${message}`;

/** Whether a request can be read in one way only; else it is refused. Where two hosts are named, the target's counts. */
export function isSound(exchange: ProxyExchange): boolean {
  const { method, target, request } = exchange;
  const headers = exchange.headers();
  try {
    const { host, odd, wrong } = checkRequest({ method, target, version: request.httpVersion, headers });
    if (odd !== undefined) exchange.odd(`${exchange.line}: ${odd}`);
    if (wrong !== undefined) exchange.flag(`${exchange.line}: ${wrong}`);
    if (host === undefined) return true;
    exchange.replaceHeaders([['Host', host], ...headers.filter(([name]) => !/^host$/i.test(name))]);
    return true;
  } catch (error) {
    if (!(error instanceof MalformedMessage)) throw error;
    refuseRequest(exchange, error);
    return false;
  }
}

/** Answers a request that is none, records why, and closes its connection. */
export function refuseRequest(exchange: ProxyExchange, error: MalformedMessage): void {
  refused.add(exchange.connection);
  exchange.flag(noRequest(error));
  if (exchange.response?.headersSent) exchange.connection.cut('close');
  else exchange.answer({ status: error.status, close: true });
}
