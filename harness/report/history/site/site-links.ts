import type { HistoryColumn, HistoryData } from '../model/history-data.ts';
import { safeName } from '../store/file-name.ts';

/** What pages and their parts are called. */
export interface SiteLinks {
  /** By column: the id of its part of a requirement's page, and the name of its badge. */
  readonly columns: readonly string[];
  /** By column: the name of its subject's page. */
  readonly subjects: readonly string[];
}

/** Gives everything a name of its own that is one in files and in URLs. */
export function siteLinks({ columns }: HistoryData): SiteLinks {
  const subjects = new Names();
  const names = new Names();
  return {
    subjects: columns.map(({ name, version }) => subjects.of(`${name} ${version}`, `${name}-${version}`)),
    columns: columns.map((column, index) => names.of(String(index), columnWords(column).join('-'))),
  };
}

const columnWords = ({ name, version, profile, generations }: HistoryColumn): string[] => [
  name,
  version,
  `profile-${profile}`,
  ...(generations === '' ? [] : [generations]),
];

class Names {
  readonly #given = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(thing: string, wanted: string): string {
    const known = this.#given.get(thing);
    if (known !== undefined) return known;
    const base = safeName(wanted).toLowerCase();
    let name = base;
    for (let number = 2; this.#taken.has(name); number++) name = `${base}-${number}`;
    this.#taken.add(name);
    this.#given.set(thing, name);
    return name;
  }
}
