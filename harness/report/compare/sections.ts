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
  ['page', ''],
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
    const words = id === 'page' ? pageTitle(comparison) : title;
    return own.length === 0 ? [] : [{ id, title: `${words}: ${countWords(own)}`, groups: own }];
  });
}

/** Of runs under two profiles nobody can tell whether the runner followed the page, or does as before. */
const pageTitle = ({ main, beside }: VersionComparison): string =>
  beside
    ? `Changed with the page, as profile ${beside.after.results.profile} asks`
    : `Held to another requirement by profile ${main.after.results.profile}`;

/** `2 requirements, 28 cases`. */
function countWords(groups: readonly ToldGroup[]): string {
  const requirements = new Set(groups.map(({ scenario }) => scenario)).size;
  const cases = groups.reduce((sum, { changes }) => sum + changes.length, 0);
  return `${plural(requirements, 'requirement', 'requirements')}, ${plural(cases, 'case', 'cases')}`;
}
