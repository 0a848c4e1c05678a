import { headerOf } from '../../ledger/index.ts';
import type { Framing, MessageHead } from './splitter.ts';

/** The body that goes with a request's head. */
export function requestFraming({ headers }: MessageHead): Framing {
  if (/\bchunked\s*$/i.test(headerOf(headers, 'transfer-encoding') ?? '')) return { kind: 'chunked' };
  const length = Number(headerOf(headers, 'content-length') ?? 0);
  return length > 0 ? { kind: 'length', bytes: length } : { kind: 'none' };
}

/** The body that goes with a response's head; it depends on the request's method. */
export function responseFraming({ headers }: MessageHead, status: number, method: string | undefined): Framing {
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return { kind: 'none' };
  if (/\bchunked\s*$/i.test(headerOf(headers, 'transfer-encoding') ?? '')) return { kind: 'chunked' };
  const length = headerOf(headers, 'content-length');
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', bytes: Number(length) };
}
