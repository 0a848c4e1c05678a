import type { Assigned } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { unitsInOrder } from './_units.ts';

/** What the files of a unit set in the end by Environment=; of the only unit there is where none is named. */
export function wantedOf(unit: string | undefined, picture: Picture): readonly Assigned[] {
  const groups = unitsInOrder(picture).filter((files) => files.some(({ assignments }) => assignments.length > 0));
  const files =
    unit === undefined ? (groups.length === 1 ? groups[0] : undefined) : groups.find(([first]) => first?.unit === unit);
  let wanted = new Map<string, Assigned>();
  for (const { assignments, resets, words } of files ?? []) {
    if (resets) wanted = new Map();
    // What systemd puts in for a specifier is not known here.
    const unknown = new Set(words.filter(({ specifiers }) => specifiers.length > 0).map(({ name }) => name));
    for (const each of assignments) if (!unknown.has(each.name)) wanted.set(each.name, each);
  }
  return [...wanted.values()];
}
