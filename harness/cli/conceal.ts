import { Secrets } from '../ledger/index.ts';
import { maskedText, maybeUserinfo, percentDecode } from '../url/index.ts';

/** A shorter piece of a password gives nothing away, and stands in many a word. */
const SHORTEST_PIECE = 3;

/**
 * Conceals user and password of URLs that somebody typed: as they stand, and every piece that a client or an error
 * message may make of them.
 * @param urls what may be URLs with a user and a password, some of them unreadable
 */
export function concealer(...urls: readonly (string | undefined)[]): (text: string) => string {
  const secrets = new Secrets();
  for (const url of urls) for (const piece of piecesOf(url ?? '')) secrets.add('credentials', piece);
  return (text) => secrets.redact(maskedText(text));
}

function piecesOf(url: string): readonly string[] {
  const userinfo = maybeUserinfo(url);
  if (userinfo === undefined) return [];
  const pieces = [userinfo, ...userinfo.split(/[:@/?#\s]+/), ...userinfo.split(':')];
  return [...pieces, ...pieces.map(percentDecode)].filter(({ length }) => length >= SHORTEST_PIECE);
}
