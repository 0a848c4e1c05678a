import type { Header } from '../../ledger/index.ts';

/** The head of a response as it stands on the wire. */
export interface RawHead {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly Header[];
}

/** Takes a response apart: head lines and whatever follows the empty line; undefined when it is no HTTP/1 response. */
export function parseRawResponse(text: string): { head: RawHead; body: string } | undefined {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = (end < 0 ? text : text.slice(0, end)).split('\r\n');
  const matched = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(statusLine);
  if (!matched) return undefined;
  const head = { status: Number(matched[1]), reason: matched[2] ?? '', headers: headerLines(lines) };
  return { head, body: end < 0 ? '' : text.slice(end + 4) };
}

/** Header pairs from head lines, spelling and order kept. */
export function headerLines(lines: readonly string[]): Header[] {
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
    });
}

/** Writes a response's head, with the empty line that ends it. */
export function writeRawHead({ status, reason, headers }: RawHead): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n`;
}
