import type { UnitDocument } from '../../documents/document.ts';
import { pieceName } from '../_piece-name.ts';
import { isSameValue } from '../_same-value.ts';
import type { Cause, Found } from '../cause.ts';
import { isAboutProxy, placeOf, remedy, unitsInOrder, unsetLines } from './_units.ts';

export const overriddenByLaterDropInCause: Cause = {
  id: 'systemd/overridden-by-later-drop-in',
  severity: 'warning',
  title: 'Two drop-ins of a unit set the same variable to different values.',
  seen: 'The same name in two files of UNIT.service.d/ with values that differ; the file that is later by its name wins, digits before letters. Equal values are none. UnsetEnvironment= of any file takes a variable away from all, though systemctl show prints it.',
  fix: 'Set each variable in one file.',
  symptoms: ['the old proxy is still used', 'systemctl show prints another proxy'],
  find: (picture) =>
    unitsInOrder(picture).flatMap((files) => {
      const taken = unset(files);
      if (taken.length > 0) return taken;
      const before = new Map<string, { path: string; value: string }>();
      return files
        .filter(({ role }) => role === 'drop-in')
        .flatMap(({ assignments, resets, piece }): Found[] => {
          if (resets) before.clear();
          const own = assignments.filter(({ name }) => isAboutProxy(name));
          const found = own.flatMap((each) => {
            const earlier = before.get(each.name);
            if (!earlier || isSameValue(each.name, earlier.value, each.value)) return [];
            return [
              {
                ...placeOf(each),
                says: `${each.name} is set in ${earlier.path} as well, to something else; this file comes later by its name and wins.`,
                remedy: remedy(`Set ${each.name} in one of the two files.`),
              },
            ];
          });
          for (const { name, value } of own) before.set(name, { path: pieceName(piece), value });
          return found;
        });
    }),
};

/** Variables that UnsetEnvironment= takes away last of all, whichever file sets them (systemd.exec(5)). */
function unset(files: readonly UnitDocument[]): readonly Found[] {
  const set = new Set(files.flatMap(({ assignments }) => assignments.map(({ name }) => name)));
  return files
    .flatMap(unsetLines)
    .filter(({ names }) => names.some((name) => set.has(name) && isAboutProxy(name)))
    .map(({ line, names }) => ({
      ...placeOf(line),
      severity: 'error',
      at: 'UnsetEnvironment',
      says: `UnsetEnvironment takes ${names.join(', ')} away again, whichever file sets it, so the service runs without; systemctl show prints it all the same.`,
      remedy: remedy('Take the line out.', [{ ...placeOf(line), to: '' }]),
    }));
}
