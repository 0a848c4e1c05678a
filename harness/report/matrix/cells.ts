import type { Outcome } from '../../conformance/outcome.ts';
import { marks } from '../marks.ts';
import { cut, escapeHtml } from '../picture/index.ts';
import type { Turn } from './behaviour.ts';
import { type Column, labelOf } from './column.ts';
import type { CaseGroup, MatrixCell } from './rows.ts';

/** The worst first: what a requirement is shown by. */
const WORST: readonly Outcome[] = ['fail', 'error', 'warn', 'blocked', 'info', 'pass', 'skip'];

const TURNS: Readonly<Record<Turn, string>> = {
  better: 'changes here, for the better',
  worse: 'changes here, for the worse',
  other: 'changes here',
};

/** How long what was observed may be in a cell's title, in characters. */
const TITLE = 160;

/** The cells of a group. @param first whether a column is the first of its track */
export const groupCells = (group: CaseGroup, first: (column: Column) => boolean): string =>
  group.cells.map((cell) => cellHtml(cell, cell.turn, first(cell.column))).join('');

/** The cells of a requirement: the worst of its groups, and of how many cases that is true. */
export function requirementCells(groups: readonly CaseGroup[], first: (column: Column) => boolean): string {
  const columns = groups[0]?.cells.map(({ column }) => column) ?? [];
  return columns
    .map((column, index) => {
      const own = groups.map((group) => ({ cell: group.cells[index] as MatrixCell, count: group.cases.length }));
      const has = own.filter(({ cell }) => cell.entry !== undefined);
      const worst = has.toSorted((a, b) => rank(a.cell) - rank(b.cell))[0];
      const turning = own.map(({ cell }) => cell.turn).filter((turn) => turn !== undefined);
      const turn = (['worse', 'better', 'other'] as const).find((each) => turning.includes(each));
      if (!worst) return cellHtml({ column }, turn, first(column));
      const outcome = worst.cell.entry?.outcome.outcome;
      const [such, all] = [has.filter(({ cell }) => cell.entry?.outcome.outcome === outcome), has].map((list) =>
        list.reduce((sum, { count }) => sum + count, 0),
      ) as [number, number];
      return cellHtml(worst.cell, turn, first(column), such === all ? '' : `${such}/${all}`);
    })
    .join('');
}

const rank = ({ entry }: MatrixCell): number => WORST.indexOf(entry?.outcome.outcome ?? 'skip');

/** @param of how many of the cases it is true of, where not of all */
function cellHtml({ column, entry }: MatrixCell, turn: Turn | undefined, begins: boolean, of = ''): string {
  const classes = [...(begins ? ['begins'] : []), ...(turn ? ['turn', turn] : [])].join(' ');
  const td = classes === '' ? '<td>' : `<td class="${classes}">`;
  if (!entry) return `${td}</td>`;
  const { outcome } = entry;
  const words = `${labelOf(column)}: ${outcome.outcome}${of && ` of ${of} cases`}${turn ? `, ${TURNS[turn]}` : ''}`;
  const title = escapeHtml(cut(`${words}. ${outcome.reason}`, TITLE));
  const mark = marks[outcome.outcome];
  const label = escapeHtml(words);
  const shown = entry.href
    ? `<a class="cell ${outcome.outcome}" href="${escapeHtml(entry.href)}" title="${title}" aria-label="${label}">${mark}</a>`
    : `<span class="cell ${outcome.outcome}" role="img" title="${title}" aria-label="${label}">${mark}</span>`;
  return `${td}${shown}${of && `<span class="of">${of}</span>`}</td>`;
}
