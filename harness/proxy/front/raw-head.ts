import type { Header } from '../../ledger/index.ts';

/** The head of a response as it stands on the wire. */
export interface RawHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
}

/** Takes a response apart: head lines and whatever follows the empty line; undefined when it is no HTTP/1 response. */
export function parseRawResponse(text: string): { head: RawHead; body: string } | undefined {
  const status = Number(text.slice(9, 12));
  if (!text.startsWith('HTTP/1.') || Number.isNaN(status)) return undefined;
  const end = endOfLine(text, 0);
  const empty = text.indexOf('\r\n\r\n');
  const head = empty < 0 ? text : text.slice(0, empty);
  return {
    head: { status, reason: text.slice(13, end), headers: headerLines(head, end + 2) },
    body: empty < 0 ? '' : text.slice(empty + 4),
  };
}

/**
 * Header pairs from the lines of a head, spelling and order kept. Every answer that passes a proxy comes by here, so it
 * makes nothing but the pairs.
 * @param from where the first line begins
 */
export function headerLines(head: string, from: number): Header[] {
  const headers: Header[] = [];
  for (let at = from; at < head.length; ) {
    const end = endOfLine(head, at);
    const colon = head.indexOf(':', at);
    if (colon > 0 && colon < end) headers.push([head.slice(at, colon), head.slice(colon + 1, end).trim()]);
    else if (end > at) headers.push([head.slice(at, end), '']);
    at = end + 2;
  }
  return headers;
}

const endOfLine = (text: string, from: number): number => {
  const end = text.indexOf('\r\n', from);
  return end < 0 ? text.length : end;
};

/** Writes a response's head, with the empty line that ends it. */
export function writeRawHead({ status, reason, headers }: RawHead): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`;
}
