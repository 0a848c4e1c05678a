import type { CaseOutcome, Results } from '../../../conformance/outcome.ts';
import type { LedgerEvent } from '../../../ledger/index.ts';
import { type Blocks, deflated, packCases, sizeOf } from '../../html/blocks.ts';
import { insideHtml } from '../../html/case.ts';
import { carried } from '../../html/data.ts';
import { element } from '../../html/embed.ts';
import { marks } from '../../marks.ts';
import { cut, escapeHtml } from '../../picture/index.ts';
import type { CaseChange } from '../case-change.ts';
import type { RunComparison, Side } from '../comparison.ts';
import { sentencesOf } from '../told.ts';

/** The ledgers of runs; a run of which there are only results has none. */
export type Ledgers = ReadonlyMap<Results, readonly LedgerEvent[]>;

/** A changed case with the runs that it is of. */
export interface PairOfRuns {
  readonly change: CaseChange;
  readonly comparison: RunComparison;
}

/** Both sides of changed cases as HTML, and what the page's script draws their pictures from. */
export interface Pairs {
  htmlOf(pair: PairOfRuns): string;
  /** Elements for the script: what is needed at once, and the rest. */
  readonly first: string;
  readonly rest: string;
  /** Of how many pairs there was no room for the pictures. */
  readonly leftOut: number;
}

/** How long a side's line may be, in characters. */
const BRIEF = 160;

/**
 * Packs both pictures of every pair, as far as there is room.
 * @param pairs those whose pictures are wanted most first; the first is open from the start
 * @param room in characters
 */
export function pairsOf(pairs: readonly PairOfRuns[], ledgers: Ledgers, room: number): Pairs {
  const events = new Map(
    [...ledgers].map(([results, all]) => [results, Map.groupBy(all, (event) => event.case)] as const),
  );
  const sides = pairs.flatMap(({ change, comparison }) => [
    { outcome: change.before, side: comparison.before },
    { outcome: change.after, side: comparison.after },
  ]);
  const pack = (fit: number): Blocks =>
    packCases(
      sides.map(({ outcome, side }, index) => {
        const own = events.get(side.results)?.get(outcome.id);
        const state = own ? (index < fit ? 'here' : 'left-out') : 'none';
        const inside = insideHtml({ outcome, anchor: anchorOf(index), unexpected: false }, side.results, state);
        return carried(outcome, inside, state === 'here' && own ? own : []);
      }),
    );
  let fit = sides.length;
  let blocks = pack(fit);
  while (sizeOf(blocks) > room && fit > 0) {
    fit = Math.floor(fit * 0.4) * 2;
    blocks = pack(fit);
  }
  const places = new Map(pairs.map(({ change }, index) => [change, index * 2]));
  const [first = '', ...others] = blocks.cases.map((block, index) => element(String(index), block));
  return {
    htmlOf: (pair) => pairHtml(pair, places.get(pair.change) ?? 0),
    first: [element('table', blocks.table), first].join('\n'),
    rest: [...others, element('search', deflated(JSON.stringify(sides.map(() => ''))))].join('\n'),
    leftOut: (sides.length - fit) / 2,
  };
}

const anchorOf = (place: number): string => `case-${place + 1}`;

function pairHtml({ change, comparison }: PairOfRuns, place: number): string {
  const { was, is } = sentencesOf(change);
  return `<div class="pair"><p class="of"><code class="id">${escapeHtml(change.after.id)}</code></p>
${sideHtml(comparison.before, change.before, was, place)}
${sideHtml(comparison.after, change.after, is, place + 1)}</div>`;
}

const sideHtml = (side: Side, { outcome }: CaseOutcome, said: string, place: number): string =>
  `<details class="case" id="${anchorOf(place)}" data-outcome="${outcome}" data-place="${place}"${place < 2 ? ' open' : ''}>
<summary><span class="cell ${outcome}" aria-hidden="true">${marks[outcome]}</span> <span class="id">${escapeHtml(side.name)}</span> <span class="word ${outcome}">${outcome}</span> <span class="brief">${escapeHtml(cut(said, BRIEF))}</span></summary>
<div class="inside"><p>${escapeHtml(said)}</p></div></details>`;
