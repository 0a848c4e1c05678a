import type { Diagnosis } from '../../diagnosis/index.ts';
import { Needles, replaceSpots, type SecretSpot } from '../../ledger/index.ts';
import { maskedText } from '../../url/index.ts';
import { secretsOf } from './secrets.ts';

/** Stands in the place of a secret. */
const MASK = '…';
/** From this length on a secret is masked within words, too. */
const LONG = 6;

/** A text without any secret of the customer's files. */
export type Mask = (text: string) => string;

/**
 * Masks what the files of a diagnosis hold of secrets, wherever a text has it, however it is spelled there; and what has the shape of one, as a
 * user and a password before a host.
 * @param more secrets that no file has
 */
export function maskOf(diagnosis: Diagnosis, more: readonly string[] = []): Mask {
  const secrets = new Needles();
  for (const secret of [...secretsOf(diagnosis), ...more]) secrets.add(secret, MASK);
  return (text) => maskedText(without(secrets, maskedShapes(text)));
}

/** A text with one mark for each secret, or for several that overlap or follow each other. */
function without(secrets: Needles, text: string): string {
  const counts = (start: number, end: number): boolean => end - start >= LONG || isAlone(text, start, end);
  const spots: SecretSpot[] = [];
  for (let spot = secrets.next(text, 0, counts); spot; spot = secrets.next(text, spot.start + 1, counts)) {
    const last = spots.at(-1);
    if (last && spot.start <= last.end) spots[spots.length - 1] = { ...last, end: Math.max(last.end, spot.end) };
    else spots.push(spot);
  }
  return replaceSpots(text, spots, (mark) => mark);
}

const LETTER = /[\p{L}\p{N}]/u;

/** Whether no letter or digit stands at either side. */
const isAlone = (text: string, start: number, end: number): boolean =>
  !LETTER.test(text[start - 1] ?? '') && !LETTER.test(text[end] ?? '');

/** The same for a value whose texts, however deep, are all to be masked. */
export function maskedValue<T>(value: T, mask: Mask): T {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((each) => maskedValue(each, mask)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskedValue(each, mask)])) as T;
}

/** What stands in a line behind the name of a secret, however short it is. */
const NAMED =
  /^(\s*(?:export\s+)?["']?[\w./:-]*(?:passw(?:or)?d|passphrase|_auth(?:token)?|_password|proxy-user|(?:secret|private|api)_?(?:access_?)?key|token)["']?\s*[=:]\s*)\S.*$/gim;
const ELEMENT = /(<(?:password|passphrase)>)[^<]*/gi;
const CNTLM = /^(\s*Pass(?:word|NT|LM|NTLMv2)\s+).+$/gim;

/** A password on a command line: docker login's, and curl's behind the user. */
const OPTION =
  /(\blogin\b[^\n;&|]{0,200}?\s(?:-p|--password)(?:\s+|=)|\s(?:-[uU]|--(?:proxy-)?user)\s+["']?[^\s:"']+:)(?!\d+(?:\s|$))[^\s$]\S*/g;

const maskedShapes = (text: string): string =>
  text
    .replace(NAMED, `$1${MASK}`)
    .replace(ELEMENT, `$1${MASK}`)
    .replace(CNTLM, `$1${MASK}`)
    .replace(OPTION, `$1${MASK}`);
