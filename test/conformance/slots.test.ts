import { expect, test } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { Slots } from '../../harness/conformance/index.ts';

const GIB = 2 ** 30;

/** Lets everything that can go on go on. */
const turns = () => new Promise((resolve) => setImmediate(resolve));

/** Slots of a machine whose load the test sets, and who is in them. */
function machine(least: number, most: number) {
  const clock = simulatedClock();
  const load = { waiting: 0, memory: 16 * GIB };
  const slots = new Slots(least, { most, look: () => ({ ...load }), clock });
  const inside: string[] = [];
  const leaving = new Map<string, () => void>();
  const come = (name: string): void => {
    void slots.enter().then((leave) => {
      inside.push(name);
      leaving.set(name, leave);
    });
  };
  const go = (name: string): void => leaving.get(name)?.();
  return { clock, load, inside, come, go };
}

test('so many are in at once, and the others in the order in which they came', async () => {
  const slots = new Slots(2);
  const inside: number[] = [];
  const leave: (() => void)[] = [];
  for (const each of [1, 2, 3, 4]) {
    void slots.enter().then((left) => {
      inside.push(each);
      leave.push(left);
    });
  }
  await turns();
  expect(inside).toEqual([1, 2]);
  leave[0]?.();
  leave[0]?.();
  await turns();
  expect(inside).toEqual([1, 2, 3]);
});

test('a calm machine gets one more each second, up to the most', async () => {
  const { clock, inside, come } = machine(1, 3);
  for (const each of ['a', 'b', 'c', 'd']) come(each);
  await turns();
  expect(inside).toEqual(['a']);
  await clock.sleep(1_001);
  await turns();
  expect(inside).toEqual(['a', 'b']);
  await clock.sleep(10_000);
  await turns();
  expect(inside).toEqual(['a', 'b', 'c']);
});

test.each([
  ['somebody waits for a processor', { waiting: 0.5 }],
  ['memory is short', { memory: GIB }],
])('nobody else is let in while %s', async (_, busy) => {
  const { clock, load, inside, come, go } = machine(1, 3);
  Object.assign(load, busy);
  for (const each of ['a', 'b', 'c']) come(each);
  await clock.sleep(10_000);
  await turns();
  expect(inside).toEqual(['a']);
  // Whoever leaves makes room all the same.
  go('a');
  await turns();
  expect(inside).toEqual(['a', 'b']);
  Object.assign(load, { waiting: 0, memory: 16 * GIB });
  await clock.sleep(1_001);
  await turns();
  expect(inside).toEqual(['a', 'b', 'c']);
});

test('who leaves when there are more than usual makes no room', async () => {
  const { clock, load, inside, come, go } = machine(1, 2);
  for (const each of ['a', 'b', 'c']) come(each);
  await clock.sleep(1_001);
  await turns();
  load.waiting = 1;
  go('a');
  await turns();
  expect(inside).toEqual(['a', 'b']);
  go('b');
  await turns();
  expect(inside).toEqual(['a', 'b', 'c']);
});

test('whoever lasts longest is let in first, whichever run they are of; else in their order', async () => {
  const slots = new Slots(1);
  const leave = await slots.enter();
  const inside: string[] = [];
  const waiting = [
    ['first of a', 60],
    ['second of a', 5],
    ['first of b', 316],
    ['second of b', 5],
  ] as const;
  const all = waiting.map(async ([name, lasts]) => {
    const go = await slots.enter(lasts);
    inside.push(name);
    go();
  });
  leave();
  await Promise.all(all);
  expect(inside).toEqual(['first of b', 'first of a', 'second of a', 'second of b']);
});
