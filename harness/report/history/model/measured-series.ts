import { type Amount, type MeasuredValue, sameValue } from '../../measured/index.ts';
import type { HistoryRun } from '../store/history-run.ts';
import { answerValue } from './answer-value.ts';

/** One quantity of a case's measured answers over runs. */
export interface AmountSeries {
  readonly name: string;
  readonly unit: Amount['unit'];
  /** By run; undefined where the run has no such quantity. */
  readonly amounts: readonly (number | undefined)[];
}

/** What was measured in a case, run by run. */
export interface MeasuredSeries {
  readonly id: string;
  readonly scenario: string;
  /** The sentences, by run; undefined where the case was not measured. */
  readonly answers: readonly (string | undefined)[];
  readonly series: readonly AmountSeries[];
  /** Whether all of them say as good as the same. */
  readonly isConstant: boolean;
}

/** Every measured case of some runs of one subject. @param runs the oldest first */
export function measuredSeries(runs: readonly HistoryRun[]): MeasuredSeries[] {
  const found = new Map<string, { scenario: string; answers: (string | undefined)[] }>();
  runs.forEach((run, at) => {
    for (const [scenario, { cases }] of Object.entries(run.scenarios)) {
      for (const [axes, each] of Object.entries(cases)) {
        if (each === 'pass' || each.outcome !== 'info' || each.reason === undefined) continue;
        const known = found.get(scenario + axes) ?? { scenario, answers: [] };
        known.answers[at] = each.reason;
        found.set(scenario + axes, known);
      }
    }
  });
  return [...found]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { scenario, answers }]) => {
      const all = Array.from({ length: runs.length }, (_, at) => answers[at]);
      return { id, scenario, answers: all, ...seriesOf(all) };
    });
}

function seriesOf(answers: readonly (string | undefined)[]): Pick<MeasuredSeries, 'series' | 'isConstant'> {
  const values = answers.map((each) => (each === undefined ? undefined : answerValue(each)));
  const there = values.filter((each) => each !== undefined);
  const [first] = there;
  // A quantity is known by what it is called; the same name twice in a sentence by its place.
  const names = [...new Set(there.flatMap(namesIn))];
  const series = names.map((key) => {
    const amounts = values.map((value) => value?.amounts[namesIn(value).indexOf(key)]);
    const named = amounts.find((each) => each !== undefined);
    return { name: named?.name ?? key, unit: named?.unit ?? '', amounts: amounts.map((each) => each?.amount) };
  });
  return { series, isConstant: first === undefined || there.every((each) => sameValue(each, first)) };
}

function namesIn({ amounts }: MeasuredValue): string[] {
  return amounts.map(({ name, unit }, at) => {
    const earlier = amounts.slice(0, at).filter((each) => each.name === name && each.unit === unit).length;
    return `${name} ${unit} ${earlier}`;
  });
}
