import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, LimitError, realClock, simulatedClock } from '../../harness/clock/index.ts';

const never = <T = never>(): Promise<T> => new Promise<T>(() => {});

let unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  unhandled = [];
  process.on('unhandledRejection', note);
});
afterEach(() => void process.off('unhandledRejection', note));

describe.each<[string, () => Clock]>([
  ['real', realClock],
  ['simulated', simulatedClock],
])('a %s clock', (_, newClock) => {
  const clock = newClock();
  const aTurn = (): Promise<void> => clock.sleep(5);

  it('gives what comes within the limit, and lets nothing wait on', async () => {
    expect(await clock.within(60_000, 'a number', Promise.resolve(7))).toBe(7);
    expect(await clock.within(60_000, 'a number', async () => 8)).toBe(8);
    await expect(clock.within(60_000, 'a number', Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('names what did not come within the limit', async () => {
    await expect(clock.within(10, 'an answer of the engine', never())).rejects.toThrow(
      new LimitError('an answer of the engine', 10),
    );
    expect(new LimitError('an answer', 2500).message).toBe('Waited 2.5 s for an answer, then gave up.');
    await expect(clock.within(10, () => new RangeError('too late'), never())).rejects.toThrow(RangeError);
  });

  it('tells the work when the limit has passed, and when it is stopped', async () => {
    const reasons: unknown[] = [];
    const work = (givenUp: AbortSignal): Promise<never> => {
      givenUp.addEventListener('abort', () => reasons.push(givenUp.reason));
      return never();
    };
    await expect(clock.within(10, 'work', work)).rejects.toThrow(LimitError);
    const stop = new AbortController();
    const stopped = clock.within(60_000, 'work', work, { signal: stop.signal });
    stop.abort(new Error('interrupted'));
    await expect(stopped).rejects.toThrow('interrupted');
    expect(reasons).toEqual([expect.any(LimitError), new Error('interrupted')]);
  });

  it('does not begin what is stopped already', async () => {
    const signal = AbortSignal.abort(new Error('interrupted'));
    let begun = false;
    const work = async (): Promise<void> => {
      begun = true;
    };
    await expect(clock.within(10, 'work', work, { signal })).rejects.toThrow('interrupted');
    await expect(clock.within(10, 'work', Promise.reject(new Error('no')), { signal })).rejects.toThrow('interrupted');
    expect(begun).toBe(false);
    await aTurn();
    expect(unhandled).toEqual([]);
  });

  it('lets what fails after the limit fail unnoticed, and discards what comes', async () => {
    const failing = Promise.withResolvers<never>();
    const coming = Promise.withResolvers<string>();
    const discarded: string[] = [];
    await expect(clock.within(10, 'work', failing.promise)).rejects.toThrow(LimitError);
    await expect(
      clock.within(10, 'work', coming.promise, { discard: (value) => discarded.push(value) }),
    ).rejects.toThrow(LimitError);
    failing.reject(new Error('later'));
    coming.resolve('a socket');
    await aTurn();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
    expect(discarded).toEqual(['a socket']);
  });

  it('looks until it is there', async () => {
    let looks = 0;
    const look = async (): Promise<string | undefined> => (++looks === 3 ? 'there' : undefined);
    expect(await clock.until(60_000, 'the file', look, { everyMs: 1 })).toBe('there');
    expect(looks).toBe(3);
    const broken = (): undefined => {
      throw new Error('it ended');
    };
    await expect(clock.until(60_000, 'the file', broken)).rejects.toThrow('it ended');
  });

  it('looks no more when the limit has passed, be it in the middle of a look', async () => {
    let looks = 0;
    await expect(clock.until(20, 'the file', () => void looks++, { everyMs: 1 })).rejects.toThrow(
      'Waited 0.02 s for the file, then gave up.',
    );
    const seen = looks;
    await aTurn();
    expect(looks).toBe(seen);
    await expect(clock.until(20, 'the file', () => never<undefined>())).rejects.toThrow(LimitError);
    const stop = new AbortController();
    const stopped = clock.until(60_000, 'the file', () => undefined, { signal: stop.signal });
    stop.abort(new Error('interrupted'));
    await expect(stopped).rejects.toThrow('interrupted');
  });

  it('ends a sleep with the reason of its signal', async () => {
    const stop = new AbortController();
    const sleep = clock.sleep(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
  });
});

it('passes the limit in simulated time', async () => {
  const clock = simulatedClock();
  const began = performance.now();
  await expect(clock.within(3_600_000, 'the runner', never())).rejects.toThrow('Waited 3600 s for the runner');
  expect(clock.elapsed()).toBe(3_600_000);
  expect(performance.now() - began).toBeLessThan(60_000);
});
