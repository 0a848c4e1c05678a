import type { CaseOutcome } from '../../conformance/outcome.ts';
import { type Amount, measuredValue, sameAmount } from '../measured/index.ts';
import { type Column, labelOf } from './column.ts';
import type { MatrixCell, MatrixRow } from './rows.ts';

/** A quantity of a measured answer, over versions. */
export interface ValueSeries {
  readonly scenario: string;
  /** The case by which it is shown, and how many others do alike. */
  readonly case: string;
  readonly others: number;
  /** What was asked, and which quantity of the answer it is. */
  readonly asked: string;
  readonly name: string;
  readonly unit: Amount['unit'];
  readonly profile: Column['profile'];
  readonly generations: string;
  /** Oldest version first; no amount where the answer has other words, or there is none. */
  readonly points: readonly { readonly label: string; readonly amount?: number; readonly href?: string }[];
  /** Whether any two versions differ, as far as it matters: a slow drift, too; never what is another one in every run. */
  readonly changes: boolean;
}

/** The quantities that at least two versions have, those that change first. */
export function valuesOf(rows: readonly MatrixRow[]): readonly ValueSeries[] {
  const found = rows.flatMap(({ scenario, groups }) =>
    groups.flatMap(({ cases, cells }) =>
      [...Map.groupBy(cells, trackOf).values()].flatMap((track) =>
        seriesOf(track).map((each) => ({ scenario, case: cases[0] ?? scenario, others: cases.length - 1, ...each })),
      ),
    ),
  );
  return found.toSorted((a, b) => Number(b.changes) - Number(a.changes));
}

const trackOf = ({ column: { kind, profile, generations } }: MatrixCell): string =>
  JSON.stringify([kind, profile, generations]);

type Series = Omit<ValueSeries, 'scenario' | 'case' | 'others'>;

function seriesOf(cells: readonly MatrixCell[]): readonly Series[] {
  const answers = cells.map(({ entry }) => (entry ? answersOf(entry.outcome) : []));
  const most = Math.max(0, ...answers.map((each) => each.length));
  return Array.from({ length: most }, (_, index) => answers.map((each) => each[index])).flatMap((own) => {
    // Quantities are told apart by their names; the words around them may differ from version to version.
    const names = new Map(own.flatMap((answer) => (answer?.amounts ?? []).map((each) => [keyOf(each), each] as const)));
    return [...names].flatMap(([key, { name, unit }]): Series[] => {
      const amounts = own.map((answer) => answer?.amounts.find((each) => keyOf(each) === key));
      if (amounts.filter((each) => each !== undefined).length < 2) return [];
      const [
        {
          column: { profile, generations },
        },
      ] = cells as readonly [MatrixCell];
      return [
        {
          asked: own.find((each) => each !== undefined)?.asked ?? '',
          name,
          unit,
          profile,
          generations,
          points: cells.map(({ column, entry }, at) => ({
            label: labelOf(column),
            ...(amounts[at] ? { amount: amounts[at].amount } : {}),
            ...(entry?.href === undefined ? {} : { href: entry.href }),
          })),
          changes: !own.some((answer) => answer?.varies !== undefined) && changes(amounts),
        },
      ];
    });
  });
}

const keyOf = ({ name, unit }: Amount): string => `${name} ${unit}`;

const answersOf = ({ findings }: CaseOutcome) =>
  findings
    .filter(({ verdict }) => verdict === 'measured')
    .map(({ expected, observed, varies }) => ({ asked: expected, varies, ...measuredValue(observed) }));

function changes(amounts: readonly (Amount | undefined)[]): boolean {
  const known = amounts.filter((each) => each !== undefined);
  return known.some((one) => known.some((other) => !sameAmount(one, other)));
}
