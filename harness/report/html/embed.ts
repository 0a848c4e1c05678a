import type { Results } from '../../conformance/outcome.ts';
import type { LedgerEvent } from '../../ledger/index.ts';
import { type Blocks, deflated, fitting, packCases, sizeOf } from './blocks.ts';
import { insideHtml, searchText } from './case.ts';
import { carried } from './data.ts';
import type { CaseEntry } from './matrix.ts';

/** What the page carries for its script. */
export interface Embedded {
  /** What the first cases of the order need, as script elements that no browser runs. */
  readonly first: string;
  /** The rest, which may come after the page's script. */
  readonly rest: string;
  /** Whose timelines there was no room for. */
  readonly leftOut: readonly CaseEntry[];
}

/**
 * Packs what the page shows of opened cases.
 * @param order the cases, those whose timelines are wanted most first
 * @param room for how many characters there is room; the timelines that do not fit are left out
 */
export function embed(
  order: readonly CaseEntry[],
  results: Results,
  events: ReadonlyMap<string, readonly LedgerEvent[]>,
  room: number,
): Embedded {
  const pack = (fit: number): Blocks =>
    packCases(
      order.map((entry, index) => {
        const own = events.get(entry.outcome.id);
        const state = own ? (index < fit ? 'here' : 'left-out') : 'none';
        return carried(entry.outcome, insideHtml(entry, results, state), state === 'here' && own ? own : []);
      }),
    );
  const search = deflated(JSON.stringify(order.map(searchText)));
  const all = pack(order.length);
  const left = room - search.length;
  let [blocks, whole] = [all, fitting(all, left)];
  // What is left out of fewer cases is shared less, so it takes a few attempts to come below the limit.
  if (whole < order.length) blocks = pack(whole);
  while (sizeOf(blocks) > left && whole > 0) {
    whole = Math.floor(whole * 0.8);
    blocks = pack(whole);
  }
  const [first = '', ...others] = blocks.cases.map((block, index) => element(String(index), block));
  return {
    first: [element('table', blocks.table), first].join('\n'),
    rest: [...others, element('search', search)].join('\n'),
    leftOut: order.slice(whole).filter((entry) => events.has(entry.outcome.id)),
  };
}

/** A block as an element that no browser runs. */
export const element = (name: string, base64: string): string =>
  `<script type="text/plain" id="pack-${name}">${base64}</script>`;
