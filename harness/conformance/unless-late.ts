import type { EventOf, Evidence } from '../ledger/index.ts';
import type { Judged } from './judged.ts';

/** Half of the two seconds that a wait is judged with. In milliseconds. */
const TOO_LATE_MS = 1000;

/**
 * How many times longer than alone work takes where programs give up by limits of their own: at a load of 15 on two
 * CPUs it was never less.
 */
const HOPELESS = 7;

/** What a lack of time can lead to; a right answer is right however late it comes. */
const SPOILED: ReadonlySet<Judged['outcome']> = new Set(['fail', 'warn', 'blocked']);

/**
 * A failure that was seen while the harness was late, or while programs had to wait for a CPU, is no failure of the
 * subject's: it cannot be told. What passed in spite of it has passed.
 * @param evidence of the whole case, `late` events among it
 */
export function unlessLate(judged: Judged, evidence: Evidence): Judged {
  if (!SPOILED.has(judged.outcome)) return judged;
  const worst = evidence
    .of('late')
    .filter(({ ms }) => ms >= TOO_LATE_MS)
    .filter(({ who, slowdown = 0 }) => who === 'harness' || slowdown >= HOPELESS || timeRanOut(evidence))
    .toSorted((a, b) => b.ms - a.ms)[0];
  if (!worst || !dependsOnTime(evidence)) return judged;
  return {
    ...judged,
    outcome: 'error',
    reason: `The machine had too much to do: ${inWords(worst)}, so what follows may be no fault of the subject. Run this case again, with fewer --jobs. ${judged.reason}`,
    evidence: [...new Set([...judged.evidence, worst.seq])].sort((a, b) => a - b),
  };
}

function inWords({ who, ms, t, slowdown }: EventOf<'late'>): string {
  const when = `${(t / 1000).toFixed(1)} s after the case began`;
  if (who === 'harness') return `the harness was late by ${(ms / 1000).toFixed(1)} s, ${when}`;
  const times = slowdown === undefined ? '' : `; work took ${slowdown.toFixed(0)} times as long as alone`;
  return `the harness was late, for programs waited ${(ms / 1000).toFixed(1)} s for a CPU, ${when}${times}`;
}

/**
 * A slow machine makes things late, it does not make them wrong: unless it is hopelessly slow, a failure is spoiled only
 * where something did not come in time.
 */
const timeRanOut = (evidence: Evidence): boolean =>
  evidence.of('waited').length > 0 || evidence.of('gave-up').length > 0;

/** Simulated time stands still while anybody works, so there only a program of another's making can come too late. */
const dependsOnTime = (evidence: Evidence): boolean =>
  evidence.of('case-start')[0]?.clock !== 'simulated' || evidence.of('process-start').length > 0;
