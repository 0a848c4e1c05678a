import { isSameValue } from '../_same-value.ts';
import type { Cause } from '../cause.ts';
import { isAboutProxy, placeOf, remedy, unitsInOrder } from './_units.ts';

export const overriddenByLaterDropInCause: Cause = {
  id: 'systemd/overridden-by-later-drop-in',
  severity: 'warning',
  title: 'Two drop-ins of a unit set the same variable to different values.',
  seen: 'The same name in two files of UNIT.service.d/ with values that differ; the file that is later by its name wins, digits before letters. Equal values are none.',
  fix: 'Set each variable in one file.',
  find: (picture) =>
    unitsInOrder(picture).flatMap((files) => {
      const before = new Map<string, { path: string; value: string }>();
      return files
        .filter(({ role }) => role === 'drop-in')
        .flatMap(({ assignments, resets, piece }) => {
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
          for (const { name, value } of own) before.set(name, { path: piece.path, value });
          return found;
        });
    }),
};
