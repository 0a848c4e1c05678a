import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { meantKey } from './_keys.ts';

export const keyMisspelledCause: Cause = {
  id: 'config-toml/key-misspelled',
  severity: 'error',
  title: 'gitlab-runner does not know the key, and ignores it without a word.',
  seen: 'A key of [[runners]] near environment, one of the hooks or tls-ca-file that is none of them, such as enviroment, environments, env or pre_get_source_script. Letter case does not matter: Environment works.',
  fix: "Write the key as gitlab-runner's documentation has it.",
  symptoms: ['Jobs have no proxy, and the runner does not complain.'],
  find: (picture) =>
    picture.all('config-toml').flatMap(({ keys }) =>
      keys.flatMap(({ table, key, file, line }) => {
        const meant = table === 'runners' || /^runners\.\w+\.services$/.test(table) ? meantKey(key) : undefined;
        if (meant === undefined || (table !== 'runners' && meant !== 'environment') || /^variables$/i.test(key))
          return [];
        const written = lineOf(picture, file, line);
        return [
          {
            file,
            line,
            at: key,
            says: `gitlab-runner has no key ${key}: it ignores it without a word, and jobs run without what it says.`,
            remedy: {
              says: `Write ${meant}.`,
              ...(written === undefined ? {} : { edits: [{ file, line, to: written.replace(key, meant) }] }),
            },
          },
        ];
      }),
    ),
};
