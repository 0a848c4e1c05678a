import {
  answeredAgain,
  gitlabForRequest,
  limitedRequest,
  limitedRequestAxis,
  limitedRequestOf,
  limitIsVisible,
  makeLimitedRequest,
  requestAbilities,
  scenario,
} from '../../harness/kit/index.ts';
import { resetTimeValid } from './_rules/reset-time-valid.ts';

const rule = resetTimeValid();
/** How long after the retry the log is read, and a job ends, in milliseconds. */
const AFTERWARDS_MS = 10_000;

export default scenario({
  id: 'rate-limit/limit-is-visible',
  asks: 'Does somebody who reads its log see that it was limited?',
  explains:
    "As rate-limit/reset-time-valid: one 429, a wait, and a request that succeeds. A line at warning level or above must name the status 429 or a rate limit: in the runner's log, as text, logfmt or JSON, or for artifacts in the job's trace. A metric would do as well, by the requirement; none is asked for here, so a runner that has nothing else is warned of.",
  axes: limitedRequestAxis,
  abilities: ({ axes }) => requestAbilities(limitedRequestOf(axes)),
  waits: rule.waitsMs,
  world: (context) => ({
    gitlab: { ...gitlabForRequest(limitedRequestOf(context.axes)), plan: rule.plan(context) },
  }),
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      const kind = limitedRequestOf(stage.axes);
      await rule.observe(stage);
      await answeredAgain(stage.world, kind, 5000);
      await stage.world.watch(AFTERWARDS_MS, 'whether the limit is spoken of');
    }),
  judge: (evidence, { axes }) => {
    const { limited, unmet } = limitedRequest(evidence, limitedRequestOf(axes));
    return limited ? [limitIsVisible(evidence, limited)] : unmet;
  },
  mutants: ['keeps-quiet-about-limits'],
  control: {
    without: 'the 429: GitLab answers every request at once',
    world: ({ axes }) => ({ gitlab: gitlabForRequest(limitedRequestOf(axes)) }),
  },
});
