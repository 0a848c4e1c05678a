import {
  blocked,
  duration,
  firstAnswered,
  makeLimitedRequest,
  measured,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
  scenario,
} from '../../harness/kit/index.ts';

const WATCH_MS = 30_000;

export default scenario({
  id: 'rate-limit/other-statuses',
  asks: 'What does it do on other statuses that may be temporary?',
  explains:
    'GitLab answers every job request with the status, or with retry-after=yes with Retry-After: 7 besides. What comes in the 30 s after the first answer is counted, with the time between the requests.',
  axes: {
    status: { values: ['408', '500', '502', '503', '504'] },
    'retry-after': { values: ['no', 'yes'], default: 'no' },
  },
  abilities: () => ['poll'],
  waits: () => WATCH_MS,
  world: ({ axes }) => ({
    gitlab: {
      plan: [
        {
          on: 'job',
          times: 'ever',
          give: {
            status: Number(axes['status']),
            body: 'empty',
            ...(axes['retry-after'] === 'yes' ? { retryAfter: RETRY_AFTER_SECONDS } : {}),
          },
        },
      ],
    },
  }),
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      await firstAnswered(stage.world, 'job');
      await stage.world.watch(WATCH_MS, `what comes after a ${stage.axes['status']}`);
    }),
  judge: (evidence, { axes, profile }) => {
    const [first, ...more] = evidence.gitlab('job');
    const asked = rateLimitRules(profile).retries.includes(Number(axes['status'])) ? 'it retries' : 'what it does';
    if (first?.status === undefined) {
      return [blocked(`a job request is answered with ${axes['status']}`, 'no job request was made')];
    }
    const gaps = more.map((each, index) =>
      duration(each.arrived - ((index === 0 ? first : more[index - 1]) ?? first).arrived),
    );
    const answer =
      more.length === 0
        ? `${axes['status']}: no retry in ${duration(WATCH_MS)}`
        : `${axes['status']}: ${more.length} retries in ${duration(WATCH_MS)}, after ${gaps.slice(0, 6).join(', ')}`;
    return [measured(`${asked} on ${axes['status']}`, answer, first, ...more)];
  },
  mutants: [],
});
