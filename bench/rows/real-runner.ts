import { coreCases } from '../measure/core-cases.ts';
import { runSuite } from '../measure/run.ts';
import type { Row } from '../row.ts';

const MOST_RATIO = 1.1;
const PLUS_SECONDS = 3;
const LIMIT_MS = 20 * 60_000;

export const realRunner: Row = {
  name: 'real-runner',
  what: 'all scenarios of the families polling, rate-limit and git against a real runner: wall time ÷ the longest wait any one is bound to',
  target: `≤ ${MOST_RATIO.toFixed(2)}, plus ${PLUS_SECONDS} s`,
  measure: async ({ runner, say }) => {
    if (!runner) return { measured: 'no runner was given: `--runner PATH`', reached: undefined };
    say('this takes as long as the longest wait, some minutes');
    const { seconds, results, note } = await runSuite(
      ['--runner', runner, ...(await coreCases('14.10')).map(({ id }) => id)],
      LIMIT_MS,
    );
    const ran = new Set(results.outcomes.filter(({ outcome }) => outcome !== 'skip').map(({ id }) => id));
    const cases = (await coreCases(results.profile)).filter(({ id }) => ran.has(id));
    const waits = cases.map((each) => (each.scenario.waits?.(each) ?? 0) / 1000);
    const longest = Math.max(...waits);
    if (!(longest > 0)) throw new Error('No case that ran is bound to a wait, so there is nothing to compare with.');
    const { kind, version } = results.subject;
    return {
      measured: `${((seconds - PLUS_SECONDS) / longest).toFixed(3)}, plus ${PLUS_SECONDS} s (${seconds.toFixed(1)} s, longest wait ${longest.toFixed(1)} s)`,
      reached: seconds <= MOST_RATIO * longest + PLUS_SECONDS,
      notes: [`a ${kind} ${version} binary, profile ${results.profile}: ${note}`],
    };
  },
};
