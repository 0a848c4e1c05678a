import type { Cause } from '../cause.ts';
import { editing, placeOf, proxyWords, remedy, TYPOGRAPHIC } from './_units.ts';

export const quoteUnbalancedCause: Cause = {
  id: 'systemd/quote-unbalanced',
  severity: 'error',
  title: 'A quotation mark is opened and not closed.',
  seen: 'Environment= with an odd number of quotation marks: systemd ignores the line from there on. What stands before it in the line counts.',
  fix: 'Close the quotation mark.',
  symptoms: ['Invalid syntax, ignoring'],
  find: (picture) =>
    proxyWords(picture)
      .filter(({ broken, raw }) => broken === 'quote' && !TYPOGRAPHIC.test(raw))
      .map((word) => ({
        ...placeOf(word),
        says: `The quotation mark ${word.name === undefined ? 'here' : `of ${word.name}`} is never closed, so systemd ignores this assignment and what follows in the line.`,
        remedy: remedy(
          'Close the quotation mark.',
          /^["'][^"'\s]+$/.test(word.raw)
            ? editing(picture, word, (line) => `${line.trimEnd()}${word.raw.charAt(0)}`)
            : /^[A-Za-z_]\w*=[^"'\s]+["']$/.test(word.raw)
              ? editing(picture, word, (line) => line.replace(word.raw, () => word.raw.at(-1) + word.raw))
              : [],
        ),
      })),
};
