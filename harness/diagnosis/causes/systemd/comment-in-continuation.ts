import type { Cause } from '../cause.ts';
import { editing, type environmentsOf, placeOf, remedy } from './_units.ts';

export const commentInContinuationCause: Cause = {
  id: 'systemd/comment-in-continuation',
  severity: 'error',
  title: 'A remark behind the backslash ends the continued line.',
  seen: 'A backslash, blanks and # in a line of Environment=. A comment that has a line of its own between continued lines does no harm.',
  fix: 'Give the remark a line of its own.',
  symptoms: ['Invalid syntax, ignoring', 'Unknown key'],
  find: (picture) =>
    picture
      .all('unit')
      .flatMap((unit) => unit.words)
      .filter(({ broken, raw }) => broken === 'escape' && /^\\\s+[#;]/.test(raw))
      .map((word) => ({
        ...placeOf(word),
        at: word.raw,
        says: 'The backslash has to be the last character of its line. With a remark behind it the line ends here, and the following lines are unknown keys for systemd.',
        remedy: remedy(
          'Give the remark a line of its own.',
          editing(picture, word, (line) =>
            line.replace(/^(.*\\)\s+([#;].*)$/, (_, kept: string, comment: string) => `${comment}\n${kept}`),
          ),
        ),
      })),
};

/** Whether a unit has lines that such a remark cut off, up to a line. */
export const isAfterBrokenLine = (unit: Parameters<typeof environmentsOf>[0], line: number): boolean =>
  unit.words.some(({ broken, raw, line: at }) => broken === 'escape' && /^\\(?:\s|$)/.test(raw) && at < line);
