import { expect, it } from 'vitest';
import { takeDown } from '../../harness/conformance/take-down.ts';

const world = (ends: Promise<void>): AsyncDisposable => ({ [Symbol.asyncDispose]: () => ends });

it('a world that is down in time says nothing', async () => {
  await expect(takeDown(world(Promise.resolve()), 1000)).resolves.toBeUndefined();
});

it('a world that never comes to its end does not hold up the run', async () => {
  const never = takeDown(world(new Promise(() => {})), 20);
  await expect(never).rejects.toThrow('The world was not taken down within 0.02 s.');
});

it('what breaks on the way down is told as it is', async () => {
  await expect(takeDown(world(Promise.reject(new Error('The port is gone.'))), 1000)).rejects.toThrow(
    'The port is gone.',
  );
});
