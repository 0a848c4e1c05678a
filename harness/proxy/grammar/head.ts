import type { Header } from '../../ledger/index.ts';
import { LIMITS } from './limits.ts';
import { MalformedMessage } from './malformed.ts';

/** The head of a message as it stands on the wire. */
export interface MessageHead {
  readonly startLine: string;
  readonly headers: readonly Header[];
}

/** A token (RFC 9110 section 5.6.2): a method, or the name of a field. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const REQUEST_LINE = /^([^ ]+) ([\x21-\x7e]+) HTTP\/1\.([01])$/;
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: (.*))?$/;

/**
 * Takes a head apart.
 * @param lines without their ends, the first one the start line
 * @throws MalformedMessage when a line is no field, or there are too many
 */
export function parseHead([startLine = '', ...fields]: readonly string[]): MessageHead {
  return { startLine, headers: parseFields(fields) };
}

/**
 * Takes the fields of a head, or trailers, apart; spelling and order are kept.
 * @throws MalformedMessage when a line is no field, or there are too many
 */
export function parseFields(lines: readonly string[]): Header[] {
  if (lines.length > LIMITS.fields) throw new MalformedMessage(`it has more than ${LIMITS.fields} fields`, 431);
  return lines.map(parseField);
}

/** RFC 9112 section 5: no white space before the colon, and no line that goes on with the one before it. */
function parseField(line: string): Header {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  if (TOKEN.test(name)) return [name, withoutOws(line, colon + 1)];
  if (/^[ \t]/.test(line)) throw new MalformedMessage('a field goes on in a second line');
  throw new MalformedMessage('a line of its head is no field');
}

/** Spaces and tabs only: to `trim` a no-break space is white space too. */
function withoutOws(line: string, from: number): string {
  const isOws = (at: number): boolean => line[at] === ' ' || line[at] === '\t';
  let [begin, end] = [from, line.length];
  while (begin < end && isOws(begin)) begin += 1;
  while (end > begin && isOws(end - 1)) end -= 1;
  return line.slice(begin, end);
}

/** @throws MalformedMessage when it is no request line of HTTP/1 (RFC 9112 section 3) */
export function parseRequestLine(line: string): { method: string; target: string; version: '1.0' | '1.1' } {
  const [, method = '', target = '', minor] = REQUEST_LINE.exec(line) ?? [];
  if (!TOKEN.test(method)) throw new MalformedMessage('its first line is no request line of HTTP/1');
  return { method, target, version: minor === '0' ? '1.0' : '1.1' };
}

/** @throws MalformedMessage when it is no status line of HTTP/1 (RFC 9112 section 4) */
export function parseStatusLine(line: string): { status: number; reason: string; version: '1.0' | '1.1' } {
  const [whole, minor, status, reason = ''] = STATUS_LINE.exec(line) ?? [];
  if (whole === undefined) throw new MalformedMessage('its first line is no status line of HTTP/1');
  return { status: Number(status), reason, version: minor === '0' ? '1.0' : '1.1' };
}
