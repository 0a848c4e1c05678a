import type { Picture } from '../../picture/picture.ts';
import { lineOf } from '../_values.ts';
import type { Cause, Edit } from '../cause.ts';
import { OF_RUNNERS } from './_keys.ts';

export const keyInWrongTableCause: Cause = {
  id: 'config-toml/key-in-wrong-table',
  severity: 'error',
  title: 'The key stands in a table that has no such key, and is ignored.',
  seen: 'environment or a hook below [runners.docker], [runners.cache] or another table, or above the first [[runners]]: in TOML a key belongs to the last header above it, however it is indented. Services have an environment of their own.',
  fix: 'Move it up, to the lines directly below [[runners]].',
  symptoms: ['Jobs have no proxy, and the file parses.'],
  find: (picture) =>
    picture.all('config-toml').flatMap((document) =>
      document.keys.flatMap(({ table, key, file, line }) => {
        if (!OF_RUNNERS.test(key) || table === 'runners' || /\.services$|plugin_config|pod_spec/.test(table)) return [];
        if (table !== '' && !table.startsWith('runners') && table !== 'session_server') return [];
        const where = table === '' ? 'above the first [[runners]]' : `in [${table}]`;
        const header = document.runners.findLast((runner) => table !== '' && runner.line < line) ?? document.runners[0];
        const edits = header ? moved(picture, file, line, header.line) : [];
        return [
          {
            file,
            line,
            at: key,
            says: `${key} stands ${where}, where gitlab-runner knows no such key and ignores it: jobs do not get what it sets.`,
            remedy: {
              says: `Move ${key} to the lines directly below [[runners]]: a key belongs to the last header above it.`,
              ...(edits.length > 0 ? { edits } : {}),
            },
          },
        ];
      }),
    ),
};

/** A key of one line, put below a header. */
function moved(picture: Picture, file: string, line: number, header: number): readonly Edit[] {
  const [written, above] = [lineOf(picture, file, line), lineOf(picture, file, header)];
  if (written === undefined || above === undefined) return [];
  const opened = (written.match(/\[/g) ?? []).length - (written.match(/\]/g) ?? []).length;
  if (opened !== 0 || /"""|'''/.test(written)) return [];
  return [
    { file, line: header, to: `${above}\n  ${written.trim()}` },
    { file, line, to: '' },
  ];
}
