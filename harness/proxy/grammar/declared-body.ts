import type { Header } from '../../ledger/index.ts';
import { MalformedMessage } from './malformed.ts';
import { valuesOf } from './values-of.ts';

/** More digits than any body needs, and few enough for an exact number. */
const LENGTH = /^\d{1,15}$/;

/**
 * How long a body is by what its head says (RFC 9112 section 6): a number of bytes, or until the last chunk.
 * @returns undefined when the head says nothing of it
 * @throws MalformedMessage when the head contradicts itself, so that two readers could read two lengths
 */
export function declaredBody(headers: readonly Header[], version: string): 'chunked' | number | undefined {
  const codings = valuesOf(headers, 'transfer-encoding');
  const lengths = valuesOf(headers, 'content-length');
  if (codings.length > 0) return chunked(codings, lengths, version);
  if (lengths.length > 1) throw new MalformedMessage('it has more than one Content-Length');
  const [length] = lengths;
  if (length === undefined) return undefined;
  if (!LENGTH.test(length)) throw new MalformedMessage('its Content-Length is no number of bytes');
  return Number(length);
}

function chunked(codings: readonly string[], lengths: readonly string[], version: string): 'chunked' {
  if (lengths.length > 0) throw new MalformedMessage('it has both Transfer-Encoding and Content-Length');
  if (version === '1.0') throw new MalformedMessage('it has a Transfer-Encoding, which HTTP/1.0 does not know');
  const coding = codings.join(',').toLowerCase();
  if (coding === 'chunked') return 'chunked';
  if (!/(^|[,\t ])chunked$/.test(coding)) throw new MalformedMessage('its Transfer-Encoding does not end in chunked');
  throw new MalformedMessage('it has a Transfer-Encoding besides chunked, which nobody here undoes', 501);
}
