import type { LedgerEvent } from '../../../ledger/index.ts';
import { CASES_IN_A_BLOCK, type CarriedCase, type CaseData, TICKS_PER_MS } from '../data.ts';
import type { PageDocument, PageElement } from './dom.ts';
import { inflate, type Table, unpacker } from './unpack.ts';

/** What the page carries, unpacked when it is asked for. */
export interface Packs {
  /** The inside of a case's element, and its events. */
  caseOf(element: PageElement): Promise<CaseData & { readonly inside: string }>;
  /** What is searched, by the case's id. */
  texts(): Promise<ReadonlyMap<string, string>>;
}

/** Finds the blocks of a page. */
export function packsOf(page: PageDocument): Packs {
  // What stands above this script is whole; the rest may still be coming in.
  const whole = new Set([...page.querySelectorAll('script[id]')].map(({ id }) => id));
  const loaded = new Promise<void>((resolve) => page.addEventListener('DOMContentLoaded', () => resolve()));
  const read = once(async (name: string) => {
    const id = `pack-${name}`;
    if (!whole.has(id)) await loaded;
    return inflate(page.getElementById(id)?.textContent ?? '');
  });
  const table = once(async () => unpacker((await read('table')) as Table));
  return {
    async caseOf(element) {
      const place = placeOf(element);
      const block = Math.floor(place / CASES_IN_A_BLOCK);
      const [unpack, cases] = await Promise.all([table(''), read(String(block))]);
      return restored(unpack((cases as unknown[])[place % CASES_IN_A_BLOCK]) as CarriedCase);
    },
    async texts() {
      const texts = (await read('search')) as string[];
      return new Map([...page.querySelectorAll('details.case')].map((each) => [each.id, texts[placeOf(each)] ?? '']));
    },
  };
}

const placeOf = (element: PageElement): number => Number(element.dataset['place']);

/** Puts the events of a case together again. */
export function restored({ steps, ...rest }: CarriedCase): CaseData & { readonly inside: string } {
  let [seq, ticks] = [0, 0];
  const events = steps.map(([sinceSeq, sinceTicks, event]) => {
    seq += sinceSeq;
    ticks += sinceTicks;
    return { seq, t: ticks / TICKS_PER_MS, ...event } as LedgerEvent;
  });
  return { ...rest, events };
}

function once<T>(read: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (name) => {
    const found = known.get(name) ?? read(name);
    known.set(name, found);
    return found;
  };
}
