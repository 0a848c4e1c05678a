import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Header, type ResponseHead, writeHead } from '../../ledger/index.ts';

/** An answer that the proxy makes itself. */
export interface OwnAnswer {
  readonly status: number;
  /** The standard's own by default; may be empty. */
  readonly reason?: string;
  readonly headers?: readonly Header[];
  /** Framed by its length by default; `none` ends with the connection, `split` comes in a segment of its own. */
  readonly body?: { readonly framing: 'none' | 'length' | 'chunked' | 'split'; readonly text: string };
  /** Closes the connection afterwards. */
  readonly close: boolean;
}

/** How long a client that was told `Connection: close` may keep its end open, in milliseconds. */
const LINGER_MS = 1000;

/** Sends an answer to a forwarded request. */
export function answerRequest(response: ServerResponse, answer: OwnAnswer): void {
  const { status, body } = answer;
  const head = completeHeaders(answer);
  if (body?.framing === 'none') response.useChunkedEncodingByDefault = false;
  if (closes(answer)) response.shouldKeepAlive = false;
  response.sendDate = !head.some(([name]) => /^date$/i.test(name));
  response.writeHead(status, reasonOf(answer), head.flat());
  if (body?.framing !== 'split') {
    response.end(body?.text ?? '');
    return;
  }
  response.flushHeaders();
  setImmediate(() => response.end(body.text));
}

/**
 * Sends an answer to a CONNECT, on the bare socket.
 * @param take.change gives the headers that its head is to have
 * @param take.heard told the head and the body as they go out
 * @returns whether the connection stays open
 */
export function answerConnect(
  socket: Socket,
  answer: OwnAnswer,
  take: {
    readonly change: (head: ResponseHead) => readonly Header[];
    readonly heard: (head: ResponseHead, body: string) => void;
  },
): boolean {
  const { status, body } = answer;
  const text = body?.text ?? '';
  const own = {
    status,
    reason: reasonOf(answer),
    headers: [...completeHeaders(answer), ['Connection', closes(answer) ? 'close' : 'keep-alive'] as const],
  };
  const head = { ...own, headers: take.change(own) };
  const close = closes(answer) || head.headers.some(saysClose);
  take.heard(head, text);
  const chunked = `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
  const payload = body?.framing === 'chunked' ? `${text === '' ? '' : chunked}0\r\n\r\n` : text;
  if (body?.framing === 'split') {
    socket.write(writeHead(head));
    setImmediate(() => finish(socket, payload, close));
  } else finish(socket, writeHead(head) + payload, close);
  return !close;
}

const saysClose = ([name, value]: Header): boolean => /^connection$/i.test(name) && /^close$/i.test(value);

/** Whether the connection ends with the answer. */
function closes(answer: OwnAnswer): boolean {
  return answer.close || answer.body?.framing === 'none';
}

function finish(socket: Socket, payload: string, close: boolean): void {
  if (!close) {
    socket.write(payload);
    return;
  }
  socket.end(payload);
  socket.resume();
  socket.setTimeout(LINGER_MS, () => socket.destroy());
}

const reasonOf = ({ status, reason }: OwnAnswer): string => reason ?? STATUS_CODES[status] ?? '';

function completeHeaders({ status, headers = [], body }: OwnAnswer): Header[] {
  const complete: Header[] = [...headers];
  const has = (name: string): boolean => headers.some(([each]) => each.toLowerCase() === name);
  if (body && !has('content-type')) complete.push(['Content-Type', 'text/plain; charset=utf-8']);
  if (status < 200 || status === 204 || status === 304) return complete;
  if (body?.framing === 'chunked') complete.push(['Transfer-Encoding', 'chunked']);
  else if (body?.framing !== 'none' && !has('content-length')) {
    complete.push(['Content-Length', String(Buffer.byteLength(body?.text ?? ''))]);
  }
  return complete;
}
