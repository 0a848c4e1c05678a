import { runSuite } from '../measure/run.ts';
import type { Row } from '../row.ts';

const MOST_MINUTES = 8;
const LIMIT_MS = 30 * 60_000;

/** Families and cases in which containers run. */
const IN_CONTAINERS = [
  'docker/*',
  'containers/*',
  'artifacts/*',
  'cache/*',
  'no-proxy/*',
  'cntlm/*',
  'host/*',
  'git/*[executor=docker]*',
];

export const dockerSuite: Row = {
  name: 'docker-suite',
  what: 'all Docker scenarios, images cached, reference runner',
  target: `≤ ${MOST_MINUTES} min on 2 cores`,
  measure: async ({ say }) => {
    say('this takes some minutes');
    const { seconds, note } = await runSuite(IN_CONTAINERS, LIMIT_MS);
    const minutes = seconds / 60;
    return { measured: `${minutes.toFixed(1)} min`, reached: minutes <= MOST_MINUTES, notes: [note] };
  },
};
