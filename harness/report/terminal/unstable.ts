import type { Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { marks } from '../marks.ts';
import { excerpt } from './excerpt.ts';
import type { SummaryPlace } from './failure.ts';
import { printable } from './printable.ts';
import { cutColumns } from './text.ts';

/** How many unstable cases are told, and how many lines of the ledger each way of coming out has, unless more is asked for. */
const MOST = 2;
const LEDGER_LINES = 3;
/** The same for whoever asks for all. */
const LEDGER_LINES_VERBOSE = 12;

/**
 * Cases whose repetitions differ: how often each came out how, and the record of one repetition of each. In brief the first has its
 * records unless only names are wanted, and few are named; measured answers that vary are left to the report.
 */
export function unstableLines(
  results: Results,
  eventsOf: (id: string) => readonly LedgerEvent[],
  { width, paint }: SummaryPlace,
  { verbose = false, namesAlone = false }: { readonly verbose?: boolean; readonly namesAlone?: boolean } = {},
): string[] {
  const { unstable = [], outcomes } = results;
  const members = verbose ? unstable : unstable.filter(({ differs }) => differs === 'outcome');
  if (members.length === 0) return [];
  const evidence = new Map(outcomes.map((each) => [each.id, each.evidence]));
  const shown = verbose ? members : members.slice(0, namesAlone ? 1 : MOST);
  const left = members.length - shown.length;
  return [
    paint(['bold', 'underline'], `Unstable (${members.length})`),
    ...shown.flatMap(({ id, came }, index) => [
      paint(
        ['red', 'bold'],
        cutColumns(`${id}: ${came.map(({ outcome, times }) => `${times} × ${outcome}`).join(', ')}`, width),
      ),
      ...came
        .slice(0, namesAlone ? 0 : verbose ? came.length : 2)
        .flatMap((each) => [
          cutColumns(`${marks[each.outcome]} ${each.case}: ${printable(each.says)}`, width),
          ...(verbose || index === 0
            ? excerpt(
                eventsOf(each.case),
                evidence.get(each.case) ?? [],
                { width, paint },
                verbose ? LEDGER_LINES_VERBOSE : LEDGER_LINES,
              )
            : []),
        ]),
    ]),
    ...(left > 0 ? [`… and ${left} more: use --verbose`] : []),
    '',
  ];
}
