import type { Picture } from '../../picture/picture.ts';
import { noProxyValues, replacing, runnerOf, type Value } from '../_values.ts';
import type { Edit, Found, Severity } from '../cause.ts';

/** A list of NO_PROXY with its entries as they are written. */
export interface List extends Value {
  readonly entries: readonly string[];
}

/** The lists that count and that can be read as they stand. */
export const lists = (picture: Picture): readonly List[] =>
  noProxyValues(picture)
    .filter(({ value }) => !/\$\{?\w/.test(value) && value.trim() !== '')
    .map((each) => ({
      ...each,
      entries: each.value
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    }));

/** What is said of entries of a list. */
interface Told {
  readonly wrong: readonly string[];
  readonly says: string;
  readonly remedy: string;
  /** An entry as it should be; undefined where nobody can tell. */
  readonly to?: (entry: string) => string | undefined;
  readonly severity?: Severity;
}

/** A finding about entries of a list; nothing when none is wrong. */
export function entryFinding(
  picture: Picture,
  list: List,
  { wrong, says, remedy, to, severity }: Told,
): readonly Found[] {
  const [first] = wrong;
  if (first === undefined) return [];
  const { file, line } = list.setting;
  const edits = to ? editsOf(picture, list, wrong, to) : [];
  return [
    {
      file,
      line,
      at: first,
      says,
      remedy: { says: remedy, ...(edits.length > 0 ? { edits } : {}) },
      ...(severity === undefined ? {} : { severity }),
      ...runnerOf(list.scope, picture),
    },
  ];
}

function editsOf(
  picture: Picture,
  list: List,
  wrong: readonly string[],
  to: (entry: string) => string | undefined,
): readonly Edit[] {
  const entries = list.entries.flatMap((entry) => {
    if (!wrong.includes(entry)) return [entry];
    const right = to(entry);
    return right === undefined ? [] : [right];
  });
  if (wrong.some((entry) => to(entry) === undefined)) return [];
  return replacing(picture, list.settings, [...new Set(entries)].join(','));
}

/** Entries for a sentence. */
export const named = (entries: readonly string[]): string =>
  entries.length > 3 ? `${entries.slice(0, 3).join(', ')} and ${entries.length - 3} more` : entries.join(', ');
