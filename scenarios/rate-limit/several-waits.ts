import {
  type AxisValues,
  check,
  comesAgain,
  counted,
  type Evidence,
  type Exchange,
  type Finding,
  gitlabForRequest,
  isSameRequest,
  jobEnd,
  type LimitedKind,
  limitedRequestAxis,
  limitedRequestOf,
  makeLimitedRequest,
  NAMES_LIMIT,
  type ProfileName,
  rateLimitRules,
  repeatsByItself,
  reportsError,
  requestAbilities,
  retryOf,
  scenario,
  shortJob,
  usesAnswer,
} from '../../harness/kit/index.ts';
import { allWaits, isDescribed, refusalsOf, SEVERAL, windowOf } from './_rules/several-answers.ts';

/** How long the answer may take to be used, in milliseconds. */
const USED_WITHIN_MS = 40_000;

const jobsFor = (kind: LimitedKind) => ({ ...gitlabForRequest(kind), ...(kind === 'job' ? { jobs: [shortJob] } : {}) });

export default scenario({
  id: 'rate-limit/several-waits',
  asks: 'Of several 429s in one call, does it wait for each, and use the answer after the last?',
  explains:
    'GitLab answers the first two, three or four requests of a call with 429, each with a reset time of its own, a later one now longer and now shorter than the one before; with waits=mixed the second is no date, and with waits=then-none it has no reset time: profile 14.10 wants the call to end there, and the error to be reported. In profile 18.3 there are two more: with waits=retry-after three of four 429s have Retry-After in its place, and with waits=statuses a 503 comes before each of two 429s, which the page has retried after a default interval. Each must be waited for as if it were the only one, each time the same request must come again, and what the answer after the last is for must happen.',
  axes: { ...limitedRequestAxis, waits: { values: SEVERAL } },
  // What a job needs is sent again in the runner's own cycle.
  where: (axes, profile) =>
    isDescribed(axes, profile) && (axes['waits'] !== 'then-none' || !repeatsByItself(limitedRequestOf(axes))),
  abilities: ({ axes }) => [
    ...requestAbilities(limitedRequestOf(axes)),
    // What the last answer is used for is a job that succeeds.
    ...(limitedRequestOf(axes) === 'job' ? (['script'] as const) : []),
  ],
  waits: ({ axes }) => allWaits(axes),
  world: ({ axes }) => {
    const on = limitedRequestOf(axes);
    const plan = refusalsOf(axes).map((give) => ({ on, times: 1, give }));
    return { gitlab: { ...jobsFor(on), plan } };
  },
  act: (stage) =>
    makeLimitedRequest(stage, async () => {
      const kind = limitedRequestOf(stage.axes);
      const over = (seen: Evidence): boolean =>
        usesAnswer(seen, kind).verdict === 'holds' || seen.of('job').some(({ what }) => what === 'finished');
      await stage.world.waitFor(
        `the answer to the ${kind} request to be used`,
        over,
        allWaits(stage.axes) + 2000 * refusalsOf(stage.axes).length + USED_WITHIN_MS,
      );
    }),
  judge: (evidence, { axes, profile }) => {
    const kind = limitedRequestOf(axes);
    const refusals = refusalsOf(axes);
    const statuses = [...new Set(refusals.map(({ status }) => status))].join(' or ');
    const all = evidence.gitlab(kind);
    const refused = all.slice(0, refusals.length).filter(({ status }, index) => status === refusals[index]?.status);
    const met = check(
      refused.length === refusals.length,
      `the first ${refusals.length} ${kind} requests are answered with ${statuses}`,
      `${statuses} was the answer to ${counted(refused.length, 'requests')}`,
      ...refused,
    );
    if (isTheEnd(axes, profile)) {
      const [first] = refused;
      return [
        met,
        ...(first ? waited(first, retryOf(first, all), evidence, profile) : []),
        ...ends(all, refusals.length, evidence),
      ];
    }
    return [
      met,
      // Not the one of the same number: between two 429s there may be a request that was cut off, and got no answer.
      ...refused.flatMap((each) => waited(each, retryOf(each, all), evidence, profile)),
      ...(met.verdict === 'holds' ? [usesAnswer(evidence, kind)] : []),
    ];
  },
  mutants: [
    'asks-every-five-seconds',
    'drops-trace-chunk',
    'ignores-reset-time',
    'returns-before-reset-time',
    'waits-for-first-limit-only',
    'repeats-first-wait',
    'drops-answer-after-second-wait',
    'backs-off-without-waiting',
    'fallback-of-an-hour',
    'fallback-of-ten-seconds',
    'holds-others-for-good',
    'no-one-minute-fallback',
    'one-try-too-few',
    'only-retries-job-requests',
    'remembers-reset-time',
    'retries-another-url',
    'retries-upload-with-other-content',
    'retries-without-body',
    'retries-without-headers',
    'uses-stale-answer',
    'waits-twice-as-long',
    'repeats-wait-without-header',
    'treats-absent-like-invalid',
    'retries-on-every-status',
    'reads-first-retry-after-only',
    'retries-nothing-but-429-later',
  ],
  control: {
    without: 'the 429s: GitLab answers every request at once',
    world: ({ axes }) => ({ gitlab: jobsFor(limitedRequestOf(axes)) }),
  },
});

/** Whether the last 429 is one after which the page wants nothing more. */
const isTheEnd = (axes: AxisValues, profile: ProfileName): boolean =>
  axes['waits'] === 'then-none' && rateLimitRules(profile).onAbsent.do === 'report';

function ends(all: readonly Exchange[], most: number, evidence: Evidence): Finding[] {
  return [
    check(
      all.length <= most,
      'without a reset time the call ends, whatever the answers before said',
      `${counted(all.length, 'requests')} in all`,
      ...all,
    ),
    reportsError(evidence, NAMES_LIMIT, 'the response error (429)'),
  ];
}

function waited(refused: Exchange, again: Exchange | undefined, evidence: Evidence, profile: ProfileName): Finding[] {
  const timely = comesAgain(refused, again, {
    ...windowOf(refused, profile),
    watchedUntil: evidence.end(),
    over: jobEnd(evidence),
  });
  return again ? [timely, isSameRequest(refused, again)] : [timely];
}
