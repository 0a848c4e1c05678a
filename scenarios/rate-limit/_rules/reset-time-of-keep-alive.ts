import {
  type AxisValues,
  answeredAgain,
  blocked,
  comesAgain,
  firstAnswered,
  gateAt,
  isSameRequest,
  JOB_RAN,
  type JobSpec,
  type LimitRule,
  retryOf,
  type Stage,
  untilReset,
} from '../../../harness/kit/index.ts';

/** Longer than the interval of a job's own updates, in which the next comes anyway. */
const RESET_IN_SECONDS = 10;
/** Runners tell that a job runs when they had nothing else to tell for half a minute. In milliseconds. */
const SILENCE_MS = 31_000;
const MORE_MS = 5000;

/** Whether a case limits the update that tells no more than that the job runs. */
export const isOfKeepAlive = (axes: AxisValues): boolean => axes['update'] === 'keep-alive';

const gateOf = ({ world }: Pick<Stage, 'world'>) => gateAt(world, 'the-end-of-silence');

/** A job that prints nothing until the scenario lets it. */
export const silentJob = (stage: Pick<Stage, 'world'>): JobSpec => ({
  script: [`echo ${JOB_RAN}`, gateOf(stage).line],
});

/** The update of a job that goes on, which is limited: it is waited for, and comes again as it was. */
export const resetTimeOfKeepAlive: LimitRule = {
  waitsMs: () => SILENCE_MS + (RESET_IN_SECONDS + 1) * 1000,
  plan: () => [
    { on: 'update', times: 1, give: { status: 429, resetTime: { inSeconds: RESET_IN_SECONDS }, body: 'empty' } },
  ],
  observe: async (stage) => {
    const gate = gateOf(stage);
    if (!(await gate.reached())) return;
    await firstAnswered(stage.world, 'update');
    await answeredAgain(stage.world, 'update', RESET_IN_SECONDS * 1000 + MORE_MS);
    await gate.open();
  },
  judge: (evidence) => {
    const [limited, ...later] = evidence.gitlab('update');
    if (limited?.status !== 429 || !/"state":\s*"running"/.test(limited.body?.text ?? '')) {
      return [
        blocked('the runner tells that its silent job runs, and is limited', 'it told nothing of the kind', limited),
      ];
    }
    const again = retryOf(limited, later);
    const timely = comesAgain(limited, again, { ...untilReset(limited), watchedUntil: evidence.end() });
    return again ? [timely, isSameRequest(limited, again)] : [timely];
  },
};
