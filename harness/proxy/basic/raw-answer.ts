import type { Socket } from 'node:net';
import { parseResponse, writeHead } from '../../ledger/index.ts';
import type { ProxyContext } from '../front/context.ts';
import { ProxyExchange } from '../front/proxy-exchange.ts';
import type { ClientConnection } from '../gate/client-connection.ts';

/**
 * Records the answer that proxy-chain is about to write to the bare socket, past node:http: its 407, 400 and 59x. It
 * ends the socket with it, so that is where it is seen.
 */
export function observeRawAnswer({ faults }: ProxyContext, connection: ClientConnection): void {
  const { socket } = connection;
  const end = socket.end.bind(socket) as (...args: unknown[]) => Socket;
  socket.end = ((first?: unknown, ...rest: unknown[]) => {
    const exchange = connection.current instanceof ProxyExchange ? connection.current : undefined;
    const answer = exchange && typeof first === 'string' ? parseResponse(first) : undefined;
    if (!exchange || !answer || exchange.ownAnswer) return end(first, ...rest);
    connection.keepWaiting();
    const { head, body } = answer;
    const { isConnect, line } = exchange;
    const headers = faults.any ? faults.response({ ...head, isConnect, line }) : head.headers;
    const sent = { ...head, headers };
    if (!connection.hanging) exchange.ownAnswerSent(sent, body);
    return end(writeHead(sent) + body, ...rest);
  }) as Socket['end'];
}
