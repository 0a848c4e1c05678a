import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { anotherPasses } from '../another-passes.ts';

describe('simulatedClock', () => {
  it('lets minutes pass at once, in the order of their moments', async () => {
    const clock = simulatedClock(1_000_000);
    const woken: string[] = [];
    await Promise.all([
      clock.sleep(300_000).then(() => woken.push(`five minutes at ${clock.elapsed()}`)),
      clock.sleep(60_000).then(() => woken.push(`one minute at ${clock.elapsed()}`)),
    ]);
    expect(woken).toEqual(['one minute at 60000', 'five minutes at 300000']);
    expect(clock.now()).toBe(1_300_000);
  });

  it('stands still while somebody holds it', async () => {
    const clock = simulatedClock();
    const release = clock.hold();
    let woken = false;
    const sleep = clock.sleep(1000).then(() => {
      woken = true;
    });
    await anotherPasses();
    expect(woken).toBe(false);
    expect(clock.elapsed()).toBe(0);
    release();
    await sleep;
    expect(clock.elapsed()).toBe(1000);
  });

  it('passes when a peer withholds what the holder waits for', async () => {
    const clock = simulatedClock();
    const held = clock.hold();
    const withheld = clock.withhold();
    await clock.sleep(50_000);
    expect(clock.elapsed()).toBe(50_000);
    withheld();
    held();
  });

  it('gives a hold back once only', async () => {
    const clock = simulatedClock();
    const first = clock.hold();
    const second = clock.hold();
    first();
    first();
    let woken = false;
    void clock.sleep(10).then(() => {
      woken = true;
    });
    await anotherPasses();
    expect(woken).toBe(false);
    second();
  });

  it('ends a sleep by its signal, with the signal’s reason', async () => {
    const clock = simulatedClock();
    const release = clock.hold();
    const stop = new AbortController();
    const sleep = clock.sleep(1000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleep).rejects.toThrow('enough');
    await expect(clock.sleep(1, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    release();
  });
});
