import {
  blocked,
  check,
  counted,
  DEFAULT_INTERVAL_LIMIT_MS,
  duration,
  type Exchange,
  type Finding,
  firstAnswered,
  makeLimitedRequest,
  measured,
  RETRY_AFTER_SECONDS,
  rateLimitRules,
  scenario,
} from '../../harness/kit/index.ts';

/** How long it is counted what comes, in milliseconds. */
const WATCH_MS = 30_000;

export default scenario({
  id: 'rate-limit/other-statuses',
  asks: 'What does it do on other statuses that may be temporary?',
  explains:
    'GitLab answers every job request with the status, or with retry-after=yes with Retry-After: 7 besides. Profile 18.3 wants the request again, after a default interval of a minute at the most, and no more than five times; profile 14.10 does not speak of these statuses: what comes in the 30 s after the first answer is counted, with the time between the requests.',
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
  asksPage: () => true,
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      const { world, axes, rateLimit } = stage;
      const status = Number(axes['status']);
      await firstAnswered(world, 'job');
      if (rateLimit.retries.includes(status)) {
        await world.waitFor('the job request again', (seen) => seen.gitlab('job')[1], DEFAULT_INTERVAL_LIMIT_MS);
      }
      await world.watch(WATCH_MS, `what comes after a ${status}`);
    }),
  judge: (evidence, { axes, profile }) => {
    const status = Number(axes['status']);
    const [first, ...more] = evidence.gitlab('job');
    if (first?.status !== status) {
      const got = first ? `it was answered with ${first.status ?? 'nothing'}` : 'no job request was made';
      return [blocked(`a job request is answered with ${status}`, got)];
    }
    const { retries, requests } = rateLimitRules(profile);
    const answer = whatCame(status, [first, ...more]);
    if (!retries.includes(status)) return [measured(`what it does on ${status}`, answer, first, ...more)];
    return [comesSoon(first, more[0], answer), stops(requests.most, [first, ...more], answer)];
  },
  mutants: ['retries-nothing-but-429', 'retries-another-url'],
  control: {
    without: 'the status: GitLab answers every request at once',
    world: () => ({ gitlab: {} }),
  },
});

/** In words: how many requests came again, and when. */
function whatCame(status: number, all: readonly Exchange[]): string {
  const gaps = all.slice(1).map((each, index) => duration(each.arrived - (all[index]?.arrived ?? 0)));
  return gaps.length === 0
    ? `${status}: no retry in the time watched`
    : `${status}: ${counted(gaps.length, 'retries')}, after ${gaps.slice(0, 6).join(', ')}`;
}

function comesSoon(first: Exchange, again: Exchange | undefined, answer: string): Finding {
  const answered = first.answered ?? first.arrived;
  return check(
    again !== undefined && again.arrived - answered <= DEFAULT_INTERVAL_LIMIT_MS,
    `the request comes again on ${first.status}, at most ${duration(DEFAULT_INTERVAL_LIMIT_MS)} after it`,
    answer,
    first,
    again,
  );
}

/** That retries come to an end; the next poll is an hour away. */
function stops(most: number, all: readonly Exchange[], answer: string): Finding {
  return check(all.length <= most, `${most} requests in all at the most`, answer, ...all.slice(0, most + 1));
}
