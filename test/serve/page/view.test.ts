import { describe, expect, it } from 'vitest';
import { around, held, moved, type RowWindow, sliceOf } from '../../../harness/serve/page/browser/view.ts';

/** Numbered 10, 20, 30, …: what a filter leaves has gaps. */
const list = (count: number): { seq: number }[] => Array.from({ length: count }, (_, at) => ({ seq: (at + 1) * 10 }));
const seqs = (all: readonly { seq: number }[], view: RowWindow) => {
  const { shown, older, newer } = sliceOf(all, view);
  return [older, shown[0]?.seq, shown.at(-1)?.seq, newer];
};
const LIVE: RowWindow = { size: 4 };

describe('the window of rows', () => {
  it('shows the newest while the reader follows', () => {
    expect(seqs(list(3), LIVE)).toEqual([0, 10, 30, 0]);
    expect(seqs(list(10), LIVE)).toEqual([6, 70, 100, 0]);
  });

  it('stays where the reader holds it, whatever comes', () => {
    const view = held(list(10), LIVE);
    expect(seqs(list(15), view)).toEqual([6, 70, 100, 5]);
    expect(held(list(15), view)).toEqual(view);
  });

  it('goes back and forth, no further than there is something, and follows again at the end', () => {
    const all = list(10);
    const back = moved(all, LIVE, -3);
    expect(seqs(all, back)).toEqual([3, 40, 70, 3]);
    expect(seqs(all, moved(all, back, -100))).toEqual([0, 10, 40, 6]);
    expect(seqs(all, moved(all, back, 2))).toEqual([5, 60, 90, 1]);
    expect(moved(all, back, 3)).toEqual(LIVE);
  });

  it('finds an event that is asked for, at either end too', () => {
    const all = list(10);
    expect(seqs(all, around(all, LIVE, 50))).toEqual([3, 40, 70, 3]);
    expect(seqs(all, around(all, LIVE, 10))).toEqual([0, 10, 40, 6]);
    expect(seqs(all, around(all, LIVE, 100))).toEqual([6, 70, 100, 0]);
  });

  it('shows the oldest that are left where what it held was let go', () => {
    const view = { size: 4, until: 30 };
    expect(seqs(list(10).slice(5), view)).toEqual([0, 60, 90, 1]);
    expect(seqs([], view)).toEqual([0, undefined, undefined, 0]);
  });
});
