import type { Outcome } from '../../../conformance/outcome.ts';

/** The higher, the worse. What was skipped, or broke in the harness, says nothing of the subject. */
const RANKS: Readonly<Partial<Record<Outcome, number>>> = { pass: 0, info: 0, warn: 1, blocked: 2, fail: 3 };

/** Which way an outcome went. `other`: to or from what says nothing of the subject. */
export function directionOf(before: Outcome, after: Outcome): 'worse' | 'better' | 'other' {
  const [from, to] = [RANKS[before], RANKS[after]];
  if (from === undefined || to === undefined || from === to) return 'other';
  return to > from ? 'worse' : 'better';
}

/** How telling an outcome is where one sign must stand for several. */
const TELLING: readonly Outcome[] = ['skip', 'pass', 'info', 'warn', 'blocked', 'error', 'fail'];

/** The outcome that stands for several: the worst. */
export function worstOf(outcomes: Iterable<Outcome>): Outcome {
  let worst = 0;
  for (const each of outcomes) worst = Math.max(worst, TELLING.indexOf(each));
  return TELLING[worst] ?? 'skip';
}
