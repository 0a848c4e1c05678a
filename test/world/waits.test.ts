import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import type { Evidence } from '../../harness/ledger/index.ts';
import { WaitError } from '../../harness/world/wait-error.ts';
import { Waits } from '../../harness/world/waits.ts';
import { testLedger } from './stand-ins.ts';

function arrange() {
  const clock = simulatedClock(Date.UTC(2030, 0, 1));
  const ledger = testLedger(clock);
  const told: [string, number | undefined][] = [];
  return { clock, ledger, told, waits: new Waits(ledger, clock, (what, until) => told.push([what, until])) };
}

describe('waiting in a world', () => {
  it('ends with the event that shows it', async () => {
    const { clock, ledger, told, waits } = arrange();
    void clock.sleep(30_000).then(() => ledger.record('gitlab', { kind: 'flag', what: 'now' }));
    const found = await waits.until('a flag', (evidence) => evidence.of('flag')[0]?.what, 60_000);
    expect(found).toBe('now');
    expect(clock.elapsed()).toBe(30_000);
    expect(told).toEqual([['a flag', Date.UTC(2030, 0, 1) + 60_000]]);
  });

  it('ends at once when the record shows it already', async () => {
    const { clock, ledger, waits } = arrange();
    ledger.record('gitlab', { kind: 'flag', what: 'before' });
    expect(await waits.until('a flag', (evidence) => evidence.of('flag').length > 0, 1000)).toBe(true);
    expect(clock.elapsed()).toBe(0);
  });

  it('gives up when the limit has passed, and says what for', async () => {
    const { clock, ledger, waits } = arrange();
    ledger.record('gitlab', { kind: 'flag', what: 'something else' });
    const vain = waits.until('the second poll', () => undefined, 90_000);
    await expect(vain).rejects.toThrow(
      'Waited 90 s for the second poll, then gave up; the last of 1 events was a flag of gitlab after 0.0 s.',
    );
    await expect(vain).rejects.toBeInstanceOf(WaitError);
    await expect(vain).rejects.toMatchObject({ awaited: 'the second poll', limitMs: 90_000 });
    expect(clock.elapsed()).toBe(90_000);
    expect(await waits.waitFor('the second poll', () => false, 500)).toBeUndefined();
  });

  it('passes an error of the look on', async () => {
    const { ledger, waits } = arrange();
    const broken = waits.until('x', (evidence) => evidence.events.length > 0 && JSON.parse('{'), 1000);
    ledger.record('gitlab', { kind: 'flag', what: 'x' });
    await expect(broken).rejects.toThrow(SyntaxError);
  });

  it('looks once for many events of one turn', async () => {
    const { ledger, waits } = arrange();
    let looks = 0;
    const look = ({ events }: Evidence): boolean => {
      looks++;
      return events.length >= 100;
    };
    const waited = waits.waitFor('100 events', look, 1000);
    for (let i = 0; i < 100; i++) ledger.record('gitlab', { kind: 'flag', what: `${i}` });
    expect(await waited).toBe(true);
    expect(looks).toBe(2);
  });

  it('records how long it watched', async () => {
    const { ledger, waits } = arrange();
    await waits.watch(20_000, 'no further request comes');
    expect(ledger.events[0]).toMatchObject({
      t: 20_000,
      kind: 'act',
      what: 'watched for 20 s: no further request comes',
      watchedMs: 20_000,
    });
  });
});
