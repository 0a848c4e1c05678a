import type { Cause } from '../cause.ts';
import { isAboutProxy, nameOf, placeOf, remedy, unitsInOrder } from './_units.ts';

export const resetByEmptyAssignmentCause: Cause = {
  id: 'systemd/reset-by-empty-assignment',
  severity: 'error',
  title: 'An empty Environment= takes back what was set before it.',
  seen: 'Environment= alone in a line, below the proxies or in a drop-in that comes later by its name. Before them it does no harm, nor where the same variables are set again after it.',
  fix: 'Take the line out, or name the file with the proxies so that it comes last.',
  symptoms: ['systemctl show prints no Environment'],
  find: (picture) =>
    unitsInOrder(picture).flatMap((files) => {
      const set = new Map<string, string>();
      const all = files.flatMap((file) => {
        const words = Map.groupBy(file.words, ({ keyLine }) => keyLine);
        return file.lines.flatMap((line) =>
          line.section === 'Service' && line.key === 'Environment'
            ? [{ file, line, names: (words.get(line.line) ?? []).flatMap(({ name }) => name ?? []) }]
            : [],
        );
      });
      return all.flatMap(({ file, line, names }, index) => {
        if (line.value !== '') {
          for (const name of names) if (isAboutProxy(name)) set.set(name, file.piece.path);
          return [];
        }
        if (set.size === 0) return [];
        const after = new Set(all.slice(index + 1).flatMap((each) => each.names));
        const lost = [...set.keys()].filter((name) => !after.has(name));
        set.clear();
        if (lost.length === 0) return [];
        return [
          {
            ...placeOf(line),
            says: `This empty assignment takes back all variables that were set before it, so ${nameOf(file)} runs without ${lost.join(', ')}.`,
            remedy: remedy('Take the line out, or let the file with the proxies come last by its name.', [
              { ...placeOf(line), to: '' },
            ]),
          },
        ];
      });
    }),
};
