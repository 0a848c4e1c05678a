import type { Cause } from '../cause.ts';
import { cutOff, editing, environmentsOf, placeOf, remedy } from './_units.ts';

export const unquotedSpaceCause: Cause = {
  id: 'systemd/unquoted-space',
  severity: 'error',
  title: 'A blank ends a value that has no quotes.',
  seen: 'Environment=NO_PROXY=localhost, 127.0.0.1 without quotes: the variable is “localhost,”, and the rest is ignored. In quotes blanks are a part of the value, and in the file of an EnvironmentFile= as well.',
  fix: 'Quote the assignment, or take the blanks out.',
  symptoms: ['Invalid environment assignment, ignoring'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) =>
      environmentsOf(unit).flatMap((words) => {
        const cut = cutOff(words);
        if (!cut || /^\[/.test(words[0]?.raw ?? '')) return [];
        const { word, lost } = cut;
        const last = lost.at(-1);
        const isOneLine = lost.every(({ line }) => line === word.line);
        return [
          {
            ...placeOf(word),
            says: `A blank ends the value of ${word.name}: systemd ignores the ${lost.length === 1 ? 'word' : `${lost.length} words`} behind it.`,
            remedy: remedy(
              'Put the whole assignment in quotes, and take the blanks out of it.',
              isOneLine && last
                ? editing(picture, word, (line) => {
                    const from = line.indexOf(word.raw);
                    const to = line.lastIndexOf(last.raw) + last.raw.length;
                    const whole = line
                      .slice(from, to)
                      .replace(/["']/g, '')
                      .replace(/\s*,\s*/g, ',');
                    return `${line.slice(0, from)}"${whole}"${line.slice(to)}`;
                  })
                : [],
            ),
          },
        ];
      }),
    ),
};
