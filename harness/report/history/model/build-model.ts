import type { HistoryCase, HistoryRun } from '../store/history-run.ts';
import { AnswerLetters } from './answer-letters.ts';
import { groupColumns } from './columns.ts';
import { ABSENT, type ColumnOutcomes, type HistoryData, type KnownDeviation } from './history-data.ts';
import { type CaseStanding, standingsOf } from './standings.ts';

/** What a run says of a case, and which run that is. */
export interface CaseDetail extends HistoryCase {
  readonly run: HistoryRun;
}

/** All that a site is made of. */
export interface HistoryModel {
  /** The oldest first. */
  readonly runs: readonly HistoryRun[];
  readonly data: HistoryData;
  /** The runs of each column, the oldest first. */
  readonly runsOf: readonly (readonly HistoryRun[])[];
  readonly standings: readonly CaseStanding[];
  /** The newest that is known of it. */
  detailOf(standing: CaseStanding): CaseDetail;
}

/** @param runs the oldest first */
export function buildModel(runs: readonly HistoryRun[]): HistoryModel {
  const groups = groupColumns(runs);
  const names = namesOf(runs);
  const { scenarios, cases } = names;
  const letters = new AnswerLetters();
  const data: HistoryData = {
    columns: groups.map(({ column }) => column),
    scenarios,
    cases,
    outcomes: groups.map(({ runs: members }) => outcomesOf(members, names, letters)),
  };
  const runsOf = groups.map((group) => group.runs);
  return {
    runs,
    data,
    runsOf,
    standings: standingsOf(data),
    detailOf({ columnIndex, scenario, id, startedAt }) {
      const axes = id.slice(scenario.length);
      const has = (run: HistoryRun): boolean =>
        run.startedAt === startedAt && caseIn(run, scenario, axes) !== undefined;
      const run = runsOf[columnIndex]?.findLast(has) ?? runsOf[columnIndex]?.at(-1);
      if (!run) throw new Error(`No run has the case ${id}`);
      return { outcome: 'skip', ...caseIn(run, scenario, axes), run };
    },
  };
}

/** What a run says of a case; undefined where it has none. */
export function caseIn(run: HistoryRun, scenario: string, axes: string): HistoryCase | undefined {
  const cases = run.scenarios[scenario]?.cases;
  const found = cases && Object.hasOwn(cases, axes) ? cases[axes] : undefined;
  return found === 'pass' ? { outcome: 'pass' } : found;
}

interface Names extends Pick<HistoryData, 'scenarios' | 'cases'> {
  /** Ids of cases whose answer is another one in every run, as some run of them says. */
  readonly varying: ReadonlySet<string>;
}

/** Every scenario and case that there ever was, by id; a scenario's words are those of the newest run. */
function namesOf(runs: readonly HistoryRun[]): Names {
  const words = new Map<string, Names['scenarios'][number]>();
  const axesOf = new Map<string, Set<string>>();
  const varying = new Set<string>();
  for (const run of runs) {
    for (const [id, { level, requirement, cases }] of Object.entries(run.scenarios)) {
      words.set(id, [id, level, requirement]);
      const axes = axesOf.get(id) ?? new Set();
      for (const [each, found] of Object.entries(cases)) {
        axes.add(each);
        if (found !== 'pass' && found.steady === '') varying.add(id + each);
      }
      axesOf.set(id, axes);
    }
  }
  const ids = [...words.keys()].toSorted();
  return {
    varying,
    scenarios: ids.flatMap((id) => [words.get(id) ?? []].filter((each) => each.length > 0)) as Names['scenarios'],
    cases: ids.flatMap((id, index) => [...(axesOf.get(id) ?? [])].toSorted().map((axes) => [index, axes] as const)),
  };
}

function outcomesOf(
  runs: readonly HistoryRun[],
  { scenarios, cases, varying }: Names,
  letters: AnswerLetters,
): ColumnOutcomes {
  const places = new Map<string, number>();
  const known: KnownDeviation[] = [];
  const of = cases.map(([scenario, axes], caseIndex) => {
    const id = scenarios[scenario]?.[0] ?? '';
    const varies = varying.has(id + axes);
    let course = '';
    let last: HistoryCase | undefined;
    for (const run of runs) {
      const found = caseIn(run, id, axes);
      course += found ? letters.of(caseIndex, found, varies) : ABSENT;
      last = found ?? last;
    }
    if (last?.known) known.push([caseIndex, last.known.outcome, last.known.link ?? '']);
    const place = places.get(course) ?? places.size;
    places.set(course, place);
    return place;
  });
  return { courses: [...places.keys()], of, known };
}
