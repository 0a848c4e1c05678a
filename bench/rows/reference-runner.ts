import { coreCases } from '../measure/core-cases.ts';
import { runSuite } from '../measure/run.ts';
import type { Row } from '../row.ts';

const MOST_SECONDS = 15;

export const referenceRunner: Row = {
  name: 'reference-runner',
  what: 'all scenarios of the families polling, rate-limit and git against the reference runner',
  target: `≤ ${MOST_SECONDS} s on 2 cores`,
  measure: async () => {
    const { seconds, note } = await runSuite(
      (await coreCases('14.10')).map(({ id }) => id),
      120_000,
    );
    return { measured: `${seconds.toFixed(1)} s`, reached: seconds <= MOST_SECONDS, notes: [note] };
  },
};
