import { declaredBody, MalformedMessage, type MessageHead, parseStatusLine } from '../grammar/index.ts';
import type { Framing } from './splitter.ts';

/** The body that goes with a request's head. @throws MalformedMessage when two readers could read two lengths */
export function requestFraming({ headers }: MessageHead, version: string): Framing {
  return framingOf(declaredBody(headers, version)) ?? { kind: 'none' };
}

/**
 * The body that goes with a response's head; it depends on the request's method.
 * @throws MalformedMessage when two readers could read two lengths
 */
export function responseFraming({ startLine, headers }: MessageHead, method: string): Framing {
  const { status, version } = parseStatusLine(startLine);
  if (status === 101) throw new MalformedMessage('it changes to a protocol that nobody asked for');
  if (method === 'CONNECT' && status >= 200 && status < 300) return { kind: 'raw' };
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return { kind: 'none' };
  return framingOf(declaredBody(headers, version)) ?? { kind: 'until-close' };
}

function framingOf(body: 'chunked' | number | undefined): Framing | undefined {
  if (body === undefined) return undefined;
  return body === 'chunked' ? { kind: 'chunked' } : { kind: 'length', bytes: body };
}
