import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ResponseHead, writeHead } from '../../ledger/index.ts';

/** How long a client that was refused may keep its end open and go on sending, in milliseconds. */
const LINGER_MS = 1000;

/** What the sender of a malformed message gets before its connection is closed. */
export function refusal(status: number): ResponseHead {
  const headers = [['Connection', 'close'] as const, ['Content-Length', '0'] as const];
  return { status, reason: STATUS_CODES[status] ?? '', headers };
}

/** Answers what is no HTTP on the bare socket, and closes it; what still comes is dropped. */
export function refuseBytes(socket: Socket, status: number): void {
  socket.end(writeHead(refusal(status)));
  socket.resume();
  // By the real clock: until then the client may not have read the answer, and RST would take it away.
  const limit = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(limit));
}
