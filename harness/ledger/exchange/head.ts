import type { Header } from '../event.ts';

/** The head of a response as it stands on the wire. */
export interface ResponseHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
}

/** Header pairs from Node's flat `rawHeaders`, spelling and order kept. */
export function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return pairs;
}

/**
 * Takes a response apart that is about to be written: its head as it stands there, and whatever follows the empty line.
 * @returns undefined when it is no HTTP/1 response
 */
export function parseResponse(text: string): { head: ResponseHead; body: string } | undefined {
  const status = Number(text.slice(9, 12));
  if (!text.startsWith('HTTP/1.') || Number.isNaN(status)) return undefined;
  const end = endOfLine(text, 0);
  const empty = text.indexOf('\r\n\r\n');
  const head = empty < 0 ? text : text.slice(0, empty);
  return {
    head: {
      status,
      reason: text.slice(13, end),
      headers: lines(head, end + 2, (value) => (value.startsWith(' ') ? value.slice(1) : value)),
    },
    body: empty < 0 ? '' : text.slice(empty + 4),
  };
}

/**
 * Header pairs from the lines of a head that has come in, spelling and order kept; white space around a value is none of
 * its own (RFC 9110 section 5.5).
 * @param from where the first line begins
 */
export function headerLines(head: string, from: number): Header[] {
  return lines(head, from, (value) => value.trim());
}

function lines(head: string, from: number, trimmed: (text: string) => string): Header[] {
  const headers: Header[] = [];
  for (let at = from; at < head.length; ) {
    const end = endOfLine(head, at);
    const colon = head.indexOf(':', at);
    if (colon > 0 && colon < end) headers.push([head.slice(at, colon), trimmed(head.slice(colon + 1, end))]);
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
export function writeHead({ status, reason, headers }: ResponseHead): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`;
}

/** Whether a body follows a request's head (RFC 9112 section 6.3). */
export function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** An answer's head as Node wrote it, its own headers included, once it has; Node has no public name for it. */
export function headOnWire(response: object): string | undefined {
  const head: unknown = (response as { readonly _header?: unknown })._header;
  return typeof head === 'string' ? head : undefined;
}
