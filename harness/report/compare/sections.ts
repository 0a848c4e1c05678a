import { plural } from '../verdict.ts';
import { type ToldGroup, toldGroups, type VersionComparison } from './pages.ts';

/** Changes of one kind, under a title. */
export interface Section {
  readonly id: 'worse' | 'page' | 'better' | 'measured' | 'otherwise' | 'unknown';
  readonly title: string;
  readonly groups: readonly ToldGroup[];
}

const ORDER: readonly (readonly [Section['id'], string])[] = [
  ['worse', 'Got worse'],
  ['page', 'Changed with the page'],
  ['better', 'Got better'],
  ['measured', 'Measured otherwise'],
  ['otherwise', 'Fails in another way'],
  ['unknown', 'Without a verdict in one of the runs'],
];

/** What changed, by kind; a kind of which there is nothing is left out. */
export function sectionsOf(comparison: VersionComparison): readonly Section[] {
  const groups = toldGroups(comparison);
  return ORDER.flatMap(([id, title]) => {
    const own = groups.filter((each) => (each.page ? 'page' : each.kind) === id);
    return own.length === 0 ? [] : [{ id, title: `${title}: ${countWords(own)}`, groups: own }];
  });
}

/** `2 requirements, 28 cases`. */
function countWords(groups: readonly ToldGroup[]): string {
  const requirements = new Set(groups.map(({ scenario }) => scenario)).size;
  const cases = groups.reduce((sum, { changes }) => sum + changes.length, 0);
  return `${plural(requirements, 'requirement', 'requirements')}, ${plural(cases, 'case', 'cases')}`;
}
