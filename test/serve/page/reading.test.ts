import { describe, expect, it } from 'vitest';
import { ClockTime } from '../../../harness/serve/page/browser/clock-time.ts';
import type { LabElement, LabEvent } from '../../../harness/serve/page/browser/dom.ts';
import { coalesced } from '../../../harness/serve/page/browser/frames.ts';
import { rowKey } from '../../../harness/serve/page/browser/row-keys.ts';

/** A key that is pressed on a row, or elsewhere. */
function pressed(key: string, seq?: number): LabEvent {
  const row = seq === undefined ? null : ({ dataset: { seq: String(seq) } } as unknown as LabElement);
  return { key, target: { closest: () => row } as unknown as LabElement, preventDefault: () => {} };
}

describe('a key in the picture', () => {
  const seqs = [3, 5, 8, 9];

  it.each([
    ['ArrowDown', 3, { is: 'go', seq: 5 }],
    ['ArrowUp', 8, { is: 'go', seq: 5 }],
    ['PageDown', 5, { is: 'go', seq: 9 }],
    ['Home', 9, { is: 'go', seq: 3 }],
    ['End', 3, { is: 'go', seq: 9 }],
    ['Enter', 8, { is: 'open', seq: 8 }],
    ['ArrowUp', 3, { is: 'beyond', from: 3, by: -1 }],
    ['ArrowDown', 9, { is: 'beyond', from: 9, by: 1 }],
    ['x', 3, undefined],
  ] as const)('%s on row %d', (key, seq, means) => {
    expect(rowKey(pressed(key, seq), seqs)).toEqual(means);
  });

  it('closes from anywhere, and does nothing else where no row is', () => {
    expect(rowKey(pressed('Escape'), seqs)).toEqual({ is: 'close' });
    expect(rowKey(pressed('ArrowDown'), seqs)).toBeUndefined();
  });
});

it('draws once for many wishes, and again for those that come after', () => {
  const frames: (() => void)[] = [];
  let drawn = 0;
  const wish = coalesced(
    () => {
      drawn++;
    },
    (draw) => void frames.push(draw),
    0,
  );
  for (let count = 0; count < 100; count++) wish();
  expect(frames).toHaveLength(1);
  frames.pop()?.();
  expect(drawn).toBe(1);
  wish();
  expect(frames).toHaveLength(1);
});

it('spells moments as a clock on the wall shows them', () => {
  const time = new ClockTime(new Date(2026, 2, 2, 10, 20, 30, 40).toISOString());
  expect(time.whole(1_500)).toBe('10:20:31.540');
  expect(time.short(1_500)).toBe('10:20:31.5');
  expect(time.day(86_400_000)).toBe('2026-03-03 10:20:30');
});
