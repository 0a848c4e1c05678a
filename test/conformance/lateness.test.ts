import { describe, expect, it } from 'vitest';
import { Lateness, unlessLate } from '../../harness/conformance/lateness.ts';

const judged = (outcome: 'pass' | 'fail' | 'warn') => ({ outcome, reason: 'Observed: x.', findings: [], evidence: [] });

describe('lateness', () => {
  it('sees a process that is kept from its timers', async () => {
    using lateness = new Lateness();
    const began = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(lateness.since(began)).toBe(0);
    while (performance.now() - began < 1500);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(lateness.since(began)).toBeGreaterThan(1000);
    expect(lateness.since(performance.now())).toBe(0);
  });

  it('blames no subject for it, and lets nothing pass for it', () => {
    expect(unlessLate(judged('fail'), 1500)).toMatchObject({
      outcome: 'error',
      reason: expect.stringContaining('1.5 s late'),
    });
    expect(unlessLate(judged('warn'), 1500).outcome).toBe('error');
    expect(unlessLate(judged('pass'), 1500).outcome).toBe('pass');
    expect(unlessLate(judged('fail'), 500).outcome).toBe('fail');
  });
});
