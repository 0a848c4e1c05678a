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

/** The bytes of a secret, a character each: in UTF-8, and in Latin-1 where it has no other characters. */
export function byteForms(value: string): readonly string[] {
  const utf8 = asBytes(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Latin-1 is these bytes.
  return /^[\x00-\xff]*$/.test(value) ? [...new Set([utf8, value])] : [utf8];
}

/** What a secret is in the canonical form of a text: as it stands, in Latin-1, with `+` for a space, or read as Latin-1. */
export function canonicalForms(value: string): readonly string[] {
  const forms = [...byteForms(value).map((each) => canonical(each, true).text), canonical(asBytes(value)).text];
  return [...new Set([...forms, ...forms.map((each) => each.replaceAll(' ', '+'))])];
}
