import { expect, it, vi } from 'vitest';
import { Teardown, up } from '../../harness/world/teardown.ts';

it('takes down in reverse order, and goes on after a failure', async () => {
  const teardown = new Teardown('the world of polling/x');
  const order: string[] = [];
  teardown.step('the first', () => void order.push('first'));
  teardown.step('the second', async () => {
    order.push('second');
    throw new Error('it is stuck');
  });
  teardown.step('the third', () => void order.push('third'));
  await expect(teardown[Symbol.asyncDispose]()).rejects.toThrow(
    'the world of polling/x was not taken down whole: could not stop the second: it is stuck.',
  );
  expect(order).toEqual(['third', 'second', 'first']);
  await teardown[Symbol.asyncDispose]();
});

it('gives every step a limit', async () => {
  vi.useFakeTimers();
  try {
    const teardown = new Teardown('the world of x');
    teardown.step('the proxy', () => new Promise(() => {}));
    const down = teardown[Symbol.asyncDispose]();
    const failed = expect(down).rejects.toThrow('could not stop the proxy: it took more than 20000 ms');
    await vi.advanceTimersByTimeAsync(20_000);
    await failed;
  } finally {
    vi.useRealTimers();
  }
});

it('takes down what comes up after another part has failed', async () => {
  const teardown = new Teardown('the world of x');
  const late = Promise.withResolvers<AsyncDisposable>();
  let down = false;
  void up(teardown, 'the late one', late.promise);
  void up(teardown, 'the failed one', Promise.reject(new Error('no'))).catch(() => {});
  const over = teardown[Symbol.asyncDispose]();
  late.resolve({
    [Symbol.asyncDispose]: async () => {
      down = true;
    },
  });
  await over;
  expect(down).toBe(true);
});
