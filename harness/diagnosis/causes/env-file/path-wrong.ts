import { editing, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

export const pathWrongCause: Cause = {
  id: 'env-file/path-wrong',
  severity: 'error',
  title: 'EnvironmentFile= names no file that systemd can read.',
  seen: 'A path that is relative or in quotes, or two paths in one line. A - in front, which says that the file may be missing, is right.',
  fix: 'Write one absolute path a line, without quotes.',
  symptoms: ['Failed to load environment files', 'path is not absolute'],
  find: (picture) =>
    picture
      .all('unit')
      .flatMap(({ environmentFiles }) => environmentFiles)
      .flatMap((each) => {
        const { path } = each;
        const bare = path.replace(/^-/, '');
        const why = wrongWith(bare) ?? (isMissing() && !path.startsWith('-') ? 'is not there' : undefined);
        function isMissing(): boolean {
          return picture.lines.some(({ text }) => /Failed to load environment files: No such file/.test(text));
        }
        if (why === undefined) return [];
        const right = bare.match(/\/[^\s"']+/g) ?? [];
        return [
          {
            ...placeOf(each),
            at: bare,
            says: `systemd does not load this file: the path ${why}.`,
            remedy: remedy(
              'Write one absolute path a line, without quotes.',
              why === 'is not there' || bare.includes('#') || !/^["'/]/.test(bare)
                ? []
                : editing(picture, each, (line) => {
                    const [before = ''] = /^\s*EnvironmentFile\s*=\s*-?/.exec(line) ?? [];
                    return right.map((one) => `${before}${one}`).join('\n');
                  }),
            ),
          },
        ];
      }),
};

function wrongWith(path: string): string | undefined {
  if (/^["']/.test(path)) return 'is in quotes, which are a part of it here';
  if (/\s/.test(path)) return 'goes on behind a blank, and a line has one path';
  return /^[/%]/.test(path) ? undefined : 'does not begin with a slash';
}
