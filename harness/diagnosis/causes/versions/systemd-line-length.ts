import { isAboutProxy, placeOf, remedy } from '../_editing.ts';
import { isBefore } from '../_version.ts';
import type { Cause } from '../cause.ts';

/** LINE_MAX, with the byte that ends a text. */
const MOST = 2047;

export const systemdLineLengthCause: Cause = {
  id: 'versions/systemd-line-length',
  severity: 'error',
  title: 'systemd before 236 cuts a line of a unit at 2,048 characters.',
  seen: 'A line of Environment= that is longer, such as one with a long NO_PROXY, and a systemd before 236. Where no file tells the version it is a warning; from 236 on nothing is wrong.',
  fix: 'Shorten the list, for instance to domains, or put it into the file of an EnvironmentFile=.',
  symptoms: ["Missing '='"],
  find: (picture) => {
    const systemd = picture.version('systemd');
    if (systemd && !isBefore(systemd.version, '236')) return [];
    return picture.all('unit').flatMap(({ piece, words }) => {
      const texts = piece.text.split('\n');
      const long = words.filter(
        ({ name, line }) => isAboutProxy(name) && Buffer.byteLength(texts[line - piece.skipped - 1] ?? '') > MOST,
      );
      return long.slice(0, 1).map((word) => ({
        ...placeOf(word),
        severity: systemd ? ('error' as const) : ('warning' as const),
        says: systemd
          ? `This line is longer than 2,048 characters, and systemd ${systemd.version} cuts it there.`
          : 'This line is longer than 2,048 characters, where systemd before 236 cuts it. No file tells the version.',
        remedy: remedy('Shorten the list, or put it into a file that EnvironmentFile= names.'),
      }));
    });
  },
};
