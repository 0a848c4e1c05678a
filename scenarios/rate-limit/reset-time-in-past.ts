import {
  asBlocked,
  counted,
  duration,
  type Evidence,
  firstAnswered,
  gitlabForRequest,
  limitedRequest,
  limitedRequestAxis,
  limitedRequestOf,
  makeLimitedRequest,
  measured,
  requestAbilities,
  scenario,
} from '../../harness/kit/index.ts';

const WATCH_MS = 10_000;
/** So many requests within the watch are called a hot loop, and end it. */
const FLOOD = 200;

export default scenario({
  id: 'rate-limit/reset-time-in-past',
  asks: 'What does it do when the stated time is already past?',
  explains:
    'GitLab answers every request of the kind with 429 and a reset time ten minutes ago. What comes in the 10 s after the first answer is counted; the page does not say what is right.',
  axes: limitedRequestAxis,
  abilities: ({ axes }) => requestAbilities(limitedRequestOf(axes)),
  waits: () => WATCH_MS,
  world: ({ axes }) => ({
    gitlab: {
      ...gitlabForRequest(limitedRequestOf(axes)),
      plan: [
        {
          on: limitedRequestOf(axes),
          times: 'ever',
          give: { status: 429, resetTime: { inSeconds: -600 }, body: 'empty' },
        },
      ],
    },
  }),
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      await firstAnswered(stage.world, limitedRequestOf(stage.axes));
      const kind = limitedRequestOf(stage.axes);
      const flood = (seen: Evidence): boolean => seen.gitlab(kind).length >= FLOOD;
      await stage.world.waitFor('a flood of requests, or the end of the watch', flood, WATCH_MS);
    }),
  judge: (evidence, { axes }) => {
    const kind = limitedRequestOf(axes);
    const { limited, again, unmet } = limitedRequest(evidence, kind);
    if (!limited) return asBlocked(unmet);
    const answered = limited.answered ?? limited.arrived;
    const all = evidence.gitlab(kind).filter((each) => each.arrived <= answered + WATCH_MS);
    const last = (all.at(-1)?.arrived ?? answered) - answered;
    const often =
      all.length >= FLOOD
        ? `${all.length} requests in ${duration(last)}: a hot loop`
        : `${counted(all.length, 'requests')} in ${duration(WATCH_MS)}`;
    const fast = again ? `, the second ${duration(again.arrived - answered)} after the 429` : '';
    return [measured('how fast and how often the request comes again', often + fast, limited, again)];
  },
  mutants: [],
});
