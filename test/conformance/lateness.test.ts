import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { Lateness, type Spell } from '../../harness/conformance/lateness/index.ts';
import { Slowdown } from '../../harness/conformance/lateness/slowdown.ts';
import { unlessLate } from '../../harness/conformance/unless-late.ts';
import { countingSink, type EventBody, type EventOf, Evidence, Ledger, Secrets } from '../../harness/ledger/index.ts';

const judged = (outcome: 'pass' | 'fail' | 'warn' | 'blocked') => ({
  outcome,
  reason: 'Observed: x.',
  findings: [],
  evidence: [],
});

/** The record of a case in which something was late. */
function record(clock: EventOf<'case-start'>['clock'], late: Partial<Spell>, besides?: EventBody): Evidence {
  const ledger = new Ledger({ case: 'x', clock: simulatedClock(), secrets: new Secrets(), sink: countingSink() });
  const start = { startedAt: 0, isolation: 'names', axes: {}, profile: '14.10' } as const;
  ledger.record('harness', { kind: 'case-start', clock, ...start });
  if (besides) ledger.record('harness', besides);
  ledger.record('harness', { kind: 'late', who: 'harness', ms: 1500, ...late });
  return new Evidence(ledger.events);
}

describe('lateness', () => {
  it('sees a process that is kept from its timers, and tells those who watch', async () => {
    using lateness = new Lateness();
    const spells: Spell[] = [];
    const told = Promise.withResolvers<void>();
    const unwatch = lateness.watch((spell) => {
      spells.push(spell);
      told.resolve();
    }, false);
    const began = performance.now();
    while (performance.now() - began < 1500);
    await told.promise;
    expect(spells[0]).toMatchObject({ who: 'harness' });
    expect(spells[0]?.ms).toBeGreaterThan(1000);
    unwatch();
  });

  it.each(['fail', 'warn', 'blocked'] as const)('blames no subject for it: %s becomes error', (outcome) => {
    expect(unlessLate(judged(outcome), record('real', {}))).toMatchObject({
      outcome: 'error',
      reason: expect.stringContaining('the harness was late by 1.5 s'),
      evidence: [2],
    });
    const starved = record('real', { who: 'machine', ms: 4000, slowdown: 8.2 });
    expect(unlessLate(judged(outcome), starved).reason).toContain('programs waited 4.0 s for a CPU');
  });

  it('takes a slow machine for the reason only where time ran out', () => {
    const slow: Partial<Spell> = { who: 'machine', ms: 4000, slowdown: 6.4 };
    expect(unlessLate(judged('fail'), record('real', slow)).outcome).toBe('fail');
    const waited = record('real', slow, { kind: 'waited', what: 'a request', limitMs: 100 });
    expect(unlessLate(judged('fail'), waited).outcome).toBe('error');
  });

  it('lets a pass stand, and a failure that half a second cannot explain', () => {
    expect(unlessLate(judged('pass'), record('real', {})).outcome).toBe('pass');
    expect(unlessLate(judged('fail'), record('real', { ms: 500 })).outcome).toBe('fail');
  });

  it('counts in simulated time only where a program of its own runs', () => {
    expect(unlessLate(judged('fail'), record('simulated', {})).outcome).toBe('fail');
    expect(
      unlessLate(judged('fail'), record('simulated', {}, { kind: 'process-start', process: 'p1', command: ['git'] }))
        .outcome,
    ).toBe('error');
  });
});

describe('slowdown', () => {
  const measure = (times: number, count: number) => {
    const slowdown = new Slowdown();
    return Array.from({ length: count }, (_, index) => slowdown.add(index * 400, times));
  };

  it('says something only when it lasts', () => {
    expect(measure(10, 11).every((each) => each === undefined)).toBe(true);
    expect(measure(10, 12).at(-1)).toEqual({ slowdown: 10, ms: 3960 });
  });

  it("is silent about a run's own work", () => {
    expect(measure(4.5, 100).every((each) => each === undefined)).toBe(true);
  });
});
