import { percentEncode } from '../../url/index.ts';
import { asBytes, canonical } from './canonical.ts';

const asQuoted = (value: string): string => JSON.stringify(value).slice(1, -1);

/** How a secret is written most often, so that it is found at once. */
export function usualForms(value: string): readonly string[] {
  const forms = [
    value,
    encodeURIComponent(value.toWellFormed()),
    encodeURIComponent(value.toWellFormed()).replaceAll('%20', '+'),
    encodeURI(value.toWellFormed()),
    percentEncode(value),
    asQuoted(value),
    asQuoted(asQuoted(value)),
  ];
  if (value.length >= 6) forms.push(Buffer.from(value).toString('base64').replace(/=+$/, ''));
  return [...new Set(forms)];
}

/** How a secret is written where a cut may go through the middle of it: an escape that was cut can be undone no more. */
export function cutForms(value: string): readonly string[] {
  const usual = usualForms(value);
  const lower = usual.map((form) => form.replace(/%[0-9A-F]{2}/g, (each) => each.toLowerCase()));
  const [json, inJson] = [asEscaped(value), asQuoted(asEscaped(value))];
  return [...new Set([...usual, ...lower, json, inJson, ...encodedForms(value)])];
}

/** JSON in ASCII, as Go and Python write it. */
const asEscaped = (value: string): string =>
  asQuoted(value).replace(/[<>&\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The bytes of a secret, a character each: in UTF-8, and in Latin-1 where it has no other characters. */
export function byteForms(value: string): readonly string[] {
  const utf8 = asBytes(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Latin-1 is these bytes.
  return /^[\x00-\xff]*$/.test(value) ? [...new Set([utf8, value])] : [utf8];
}

/** What an escape has left of a secret must be as long, or it stands in many a harmless text. */
const SHORTEST_CANONICAL = 4;

/** What a secret is in the canonical form of a text: as it stands, in Latin-1, with `+` for a space, or read as Latin-1. */
export function canonicalForms(value: string): readonly string[] {
  const forms = [...byteForms(value).map((each) => canonical(each, true).text), canonical(asBytes(value)).text];
  const all = new Set([...forms, ...forms.map((each) => each.replaceAll(' ', '+'))]);
  return [...all].filter(({ length }) => length >= SHORTEST_CANONICAL);
}

/**
 * How a secret stands in what is encoded: in Base64 (RFC 4648 section 4) at each of the three places in a group where it may
 * begin, without the characters that have something of its neighbours in them, and in hexadecimal.
 */
function encodedForms(value: string): readonly string[] {
  const forms = byteForms(value).flatMap((bytes) => {
    const hex = Buffer.from(bytes, 'latin1').toString('hex');
    return [...[0, 1, 2].map((before) => base64Within(bytes, before)), hex, hex.toUpperCase()];
  });
  return [...new Set(forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]))];
}

function base64Within(bytes: string, before: number): string {
  const whole = Buffer.from('\0'.repeat(before) + bytes, 'latin1').toString('base64');
  const bits = (before + bytes.length) * 8;
  return whole.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
}
