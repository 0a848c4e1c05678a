import { maskedUrl } from '../../../url/index.ts';
import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';

/** A name, and what should have been its value. */
const SHAPE = /^\s*([A-Za-z_]\w*)\s*(?::\s*|\s+)(\S.*)$/;

export const entryWithoutEqualsCause: Cause = {
  id: 'config-toml/entry-without-equals',
  severity: 'error',
  title: 'An entry of environment is no NAME=value, and is left out.',
  seen: 'An entry such as "HTTP_PROXY: http://…" or "HTTP_PROXY http://…" in the environment of a runner or a service.',
  fix: 'Write NAME=value.',
  symptoms: ['Jobs have no proxy although environment seems to set one.'],
  find: (picture) =>
    picture.runners.flatMap(({ unassigned, name: runner }) =>
      unassigned.flatMap(({ file, line, text }) => {
        // What stands alone, or before an @, is not shown: it may be a user or a password.
        const [, name, value = ''] = (maskedUrl(text).startsWith('…') ? undefined : SHAPE.exec(text)) ?? [];
        const written = lineOf(picture, file, line);
        const isWhole = name !== undefined && !/\s/.test(value) && written?.split(text).length === 2;
        return [
          {
            file,
            line,
            ...(name === undefined ? {} : { at: name }),
            says: `${name === undefined ? 'An entry of environment' : `The entry ${name}`} has no equals sign behind a name, so gitlab-runner leaves it out.`,
            remedy: {
              says: name === undefined ? 'Write "NAME=value".' : `Write "${name}=${maskedUrl(value)}".`,
              ...(isWhole ? { edits: [{ file, line, to: written.replace(text, () => `${name}=${value}`) }] } : {}),
            },
            ...(picture.runners.length > 1 ? { runner } : {}),
          },
        ];
      }),
    ),
};
