import type { UnitDocument, UnitWord } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { serviceName } from '../../service-name.ts';
import { isAboutProxy } from '../_editing.ts';

export { editing, isAboutProxy, placeOf, remedy } from '../_editing.ts';

/** Quotation marks of word processors. */
export const TYPOGRAPHIC = /[“”„‟″‘’‚‛«»]/;

/** A word that begins a comment, as people think; systemd ignores it and what follows with a line in its log. */
const COMMENT = /^[#;]/;

/** The words of each `Environment=` of a unit, without what follows a `#`. */
export function environmentsOf(unit: UnitDocument): readonly (readonly UnitWord[])[] {
  const lines = Map.groupBy(unit.words, ({ keyLine }) => keyLine);
  return [...lines.values()].map((words) => {
    const comment = words.findIndex(({ raw }) => COMMENT.test(raw));
    return comment < 0 ? words : words.slice(0, comment);
  });
}

/** All words of a picture's units that set a proxy variable, or mean to. */
export const proxyWords = (picture: Picture): readonly UnitWord[] =>
  picture
    .all('unit')
    .flatMap((unit) => environmentsOf(unit).flat())
    .filter(({ text, name }) => isAboutProxy(name ?? text));

/** A word that is no assignment: nothing in it that systemd takes for one. */
export const isStray = ({ name, broken, raw }: UnitWord): boolean =>
  name === undefined && broken === undefined && !TYPOGRAPHIC.test(raw);

/** Words after an assignment that were meant to be a part of its value: an unquoted blank cut them off. */
export function cutOff(
  words: readonly UnitWord[],
): { readonly word: UnitWord; readonly lost: readonly UnitWord[] } | undefined {
  const at = words.findIndex(isStray);
  const word = words[at - 1];
  if (at < 1 || !word || word.name === undefined || !isAboutProxy(word.name)) return undefined;
  const next = words.findIndex((each, index) => index > at && !isStray(each));
  return { word, lost: words.slice(at, next < 0 ? words.length : next) };
}

/** A unit's name without `.service`, for commands and sentences. */
export const nameOf = ({ unit }: { readonly unit: string | undefined }): string =>
  unit === undefined ? 'the service' : serviceName(unit);

/** The base name by which systemd sorts drop-ins; a unit itself comes before all. */
export const orderOf = ({ role, piece }: UnitDocument): string =>
  role === 'unit' ? '' : (piece.path.split('/').at(-1) ?? '');

/** The files of one unit that systemd reads, in its order; those whose unit is not known are units of their own. */
export function unitsInOrder(picture: Picture): readonly (readonly UnitDocument[])[] {
  const units = new Map<string, UnitDocument[]>();
  for (const [index, each] of picture.all('unit').entries()) {
    if (each.read === false || each.role === 'manager') continue;
    const key = each.unit ?? `unknown ${index}`;
    units.set(key, [...(units.get(key) ?? []), each]);
  }
  return [...units.values()].map((files) => files.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)));
}

/** Each `UnsetEnvironment=` of a unit, with the names that it takes away. */
export const unsetLines = ({ lines }: UnitDocument) =>
  lines.flatMap((line) =>
    line.section === 'Service' && line.key === 'UnsetEnvironment'
      ? [{ line, names: (line.value ?? '').split(/\s+/).map((each) => each.replace(/=.*$/, '')) }]
      : [],
  );
