import type { Cause } from '../cause.ts';
import { editing, isAboutProxy, placeOf, remedy, TYPOGRAPHIC } from './_units.ts';

export const quotesTypographicCause: Cause = {
  id: 'systemd/quotes-typographic',
  severity: 'error',
  title: 'The quotation marks are those of a word processor, which systemd does not know.',
  seen: '“ ” „ ‘ ’ in Environment=, in place of " and \'.',
  fix: 'Write plain quotes.',
  symptoms: ['Invalid environment assignment, ignoring: “'],
  find: (picture) =>
    picture.all('unit').flatMap(({ lines }) =>
      lines.flatMap((line) => {
        const at = TYPOGRAPHIC.exec(line.text)?.[0];
        if (at === undefined || line.isHeading || !isAboutProxy(line.text)) return [];
        return [
          {
            ...placeOf(line),
            at,
            says: `${at} is no quotation mark for systemd, but a part of the name or value, so the assignment is ignored or spoiled.`,
            remedy: remedy(
              'Write plain quotes.',
              editing(picture, line, (text) => text.replace(/[“”„‟″«»]/g, '"').replace(/[‘’‚‛]/g, "'")),
            ),
          },
        ];
      }),
    ),
};
