import {
  answeredAgain,
  gitlabForRequest,
  isOfJob,
  limitAxes,
  limitedRequest,
  limitedRequestOf,
  makeLimitedRequest,
  requestAbilities,
  scenario,
  shortJob,
  usesAnswer,
} from '../../harness/kit/index.ts';
import { resetTimeValid } from './_rules/reset-time-valid.ts';

const rule = resetTimeValid();

export default scenario({
  id: 'rate-limit/reset-time-valid-then-ok',
  asks: 'Does it use the answer to the request that it sends after the wait?',
  explains:
    'As rate-limit/reset-time-valid, and the request after the wait succeeds. What its answer is for must happen: a job handed out is run to success, a trace is whole, an update ends the job, register and verify end with exit code 0, an artifact arrives whole or is there for the script.',
  axes: limitAxes,
  abilities: ({ axes }) => {
    const kind = limitedRequestOf(axes);
    // Its use shows in a job that succeeds.
    return [...requestAbilities(kind), ...(kind === 'job' || isOfJob(kind) ? (['script'] as const) : [])];
  },
  waits: rule.waitsMs,
  world: (context) => {
    const kind = limitedRequestOf(context.axes);
    return {
      gitlab: { ...gitlabForRequest(kind), ...(kind === 'job' ? { jobs: [shortJob] } : {}), plan: rule.plan(context) },
    };
  },
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      const kind = limitedRequestOf(stage.axes);
      await rule.observe(stage);
      await answeredAgain(stage.world, kind, 5000);
      await stage.world.waitFor(
        `the answer to the ${kind} request to be used`,
        (seen) => usesAnswer(seen, kind).verdict === 'holds' || seen.of('job').some((each) => each.what === 'finished'),
        40_000,
      );
    }),
  judge: (evidence, { axes }) => {
    const kind = limitedRequestOf(axes);
    const { limited, unmet } = limitedRequest(evidence, kind);
    return limited ? [usesAnswer(evidence, kind)] : unmet;
  },
  mutants: [
    'ignores-reset-time',
    'retries-without-body',
    'retries-another-url',
    'uses-stale-answer',
    'only-retries-job-requests',
    'trusts-only-empty-bodies',
    'fails-after-connection-close',
    'drops-trace-chunk',
    'holds-others-for-good',
    'retries-without-headers',
    'repeats-what-succeeded',
  ],
  control: {
    without: 'the 429: GitLab answers every request at once',
    world: ({ axes }) => ({ gitlab: gitlabForRequest(limitedRequestOf(axes)) }),
  },
});
