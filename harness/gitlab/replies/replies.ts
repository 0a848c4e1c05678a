import { type ServerResponse, STATUS_CODES } from 'node:http';
import { exchangeOf } from '../recording/index.ts';

/** Headers by name, in the spelling they are sent in. */
export type ReplyHeaders = Readonly<Record<string, string>>;

/** Answers with JSON. */
export function replyJson(res: ServerResponse, status: number, value: unknown, headers: ReplyHeaders = {}): void {
  replyText(res, status, JSON.stringify(value), { 'Content-Type': 'application/json', ...headers });
}

/** Answers with a text, or with an empty body; a type is among the headers or there is none. */
export function replyText(res: ServerResponse, status: number, text: string, headers: ReplyHeaders = {}): void {
  const flat = Object.entries(headers).flat();
  if (status !== 204) flat.push('Content-Length', String(Buffer.byteLength(text)));
  res.writeHead(status, flat);
  if (status === 204) res.end();
  else res.end(text);
}

/**
 * Refuses a request in GitLab's words, and flags it: a runner that does right is never refused.
 * @param why what was wrong, for whoever reads the ledger
 */
export function refuse(res: ServerResponse, status: number, why: string, headers: ReplyHeaders = {}): void {
  exchangeOf(res).flag(why);
  refuseQuietly(res, status, headers);
}

/** The same for what is no fault of the client. */
export function refuseQuietly(res: ServerResponse, status: number, headers: ReplyHeaders = {}): void {
  replyJson(res, status, { message: `${status} ${STATUS_CODES[status] ?? 'Error'}` }, headers);
}
