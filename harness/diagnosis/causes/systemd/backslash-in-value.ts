import type { Cause } from '../cause.ts';
import { editing, placeOf, proxyWords, remedy } from './_units.ts';

export const backslashInValueCause: Cause = {
  id: 'systemd/backslash-in-value',
  severity: 'error',
  title: 'systemd takes a backslash in a value for the beginning of an escape.',
  seen: 'DOMAIN\\user in Environment=: \\s becomes a blank, \\a, \\n and \\t other characters, and with an unknown escape the line is dropped. A doubled backslash is one.',
  fix: 'Write %%5C in place of the backslash.',
  symptoms: ['Invalid syntax, ignoring'],
  find: (picture) =>
    proxyWords(picture).flatMap((word) => {
      const found = /\\([A-Za-z0-9._-])/.exec(word.raw.replaceAll('\\\\', ''));
      if (!found) return [];
      return [
        {
          ...placeOf(word),
          says: `systemd reads the backslash and the character behind it in ${word.name ?? 'this value'} as one escape, so the value is another, or the assignment is dropped.`,
          remedy: remedy(
            'Write %%5C in place of the backslash.',
            editing(picture, word, (line) =>
              // Of one line all at once: it is told of once.
              proxyWords(picture)
                .filter((each) => each.file === word.file && each.line === word.line)
                .reduce((text, { raw }) => text.replace(raw, encoded(raw)), line),
            ),
          ),
        },
      ];
    }),
};

const encoded = (raw: string): string => raw.replace(/\\+(?=[A-Za-z0-9._-])/g, '%%5C');
