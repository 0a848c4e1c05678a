import type { Socket } from 'node:net';
import { bodyRecord } from '../../ledger/index.ts';
import type { ProxyContext } from '../front/context.ts';
import { Exchange } from '../front/exchange.ts';
import { parseRawResponse, writeRawHead } from '../front/raw-head.ts';
import type { Connection } from '../gate/connection.ts';

/**
 * Records the answer that proxy-chain is about to write to the bare socket, past node:http: its 407, 400 and 59x. It
 * ends the socket with it, so that is where it is seen.
 */
export function observeRawAnswer({ faults }: ProxyContext, connection: Connection): void {
  const { socket } = connection;
  const end = socket.end.bind(socket) as (...args: unknown[]) => Socket;
  socket.end = ((first?: unknown, ...rest: unknown[]) => {
    const exchange = connection.current instanceof Exchange ? connection.current : undefined;
    const answer = exchange && typeof first === 'string' ? parseRawResponse(first) : undefined;
    if (!exchange || !answer || exchange.ownAnswer) return end(first, ...rest);
    connection.keepWaiting();
    const { head, body } = answer;
    const { isConnect, line } = exchange;
    const headers = faults.any ? faults.response({ ...head, isConnect, line }) : head.headers;
    const sent = { ...head, headers };
    if (!connection.hanging) {
      exchange.recordResponse(sent, 'self');
      exchange.recordBody('response-body', bodyRecord(body));
    }
    return end(writeRawHead(sent) + body, ...rest);
  }) as Socket['end'];
}
