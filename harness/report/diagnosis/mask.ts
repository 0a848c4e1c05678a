import type { Diagnosis } from '../../diagnosis/index.ts';
import { maskedText } from '../../url/index.ts';
import { HiddenSecrets } from './hidden.ts';
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
 */
export function maskOf(diagnosis: Diagnosis): Mask {
  const secrets = new HiddenSecrets(secretsOf(diagnosis), LONG);
  return (text) => maskedText(secrets.hide(maskedShapes(text), MASK));
}

/** The same for a value whose texts, however deep, are all to be masked. */
export function maskedValue<T>(value: T, mask: Mask): T {
  if (typeof value === 'string') return mask(value) as T;
  if (Array.isArray(value)) return value.map((each) => maskedValue(each, mask)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, maskedValue(each, mask)])) as T;
}

/** What stands in a line behind the name of a secret, however short it is. */
const NAMED =
  /^(\s*(?:export\s+)?["']?[\w./:-]*(?:passw(?:or)?d|passphrase|_auth(?:token)?|_password|proxy-user)["']?\s*[=:]\s*)\S.*$/gim;
const ELEMENT = /(<(?:password|passphrase)>)[^<]*/gi;
const CNTLM = /^(\s*Pass(?:word|NT|LM|NTLMv2)\s+).+$/gim;

const maskedShapes = (text: string): string =>
  text.replace(NAMED, `$1${MASK}`).replace(ELEMENT, `$1${MASK}`).replace(CNTLM, `$1${MASK}`);
