import { runSuite } from '../measure/run.ts';
import type { Row } from '../row.ts';

const MOST_MINUTES = 4;
const LIMIT_MS = 30 * 60_000;

export const suite: Row = {
  name: 'suite',
  what: 'the whole suite, images cached, reference runner',
  target: `≤ ${MOST_MINUTES} min on 2 cores`,
  measure: async ({ say }) => {
    say('this takes some minutes');
    const { seconds, note } = await runSuite([], LIMIT_MS);
    const minutes = seconds / 60;
    return { measured: `${minutes.toFixed(1)} min`, reached: minutes <= MOST_MINUTES, notes: [note] };
  },
};
