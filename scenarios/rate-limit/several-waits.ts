import {
  type AxisValues,
  check,
  comesAgain,
  counted,
  type Evidence,
  type Exchange,
  expectedAgain,
  type Finding,
  gitlabForRequest,
  isSameRequest,
  type LimitedKind,
  limitedRequestAxis,
  limitedRequestOf,
  makeLimitedRequest,
  NAMES_LIMIT,
  ONE_MINUTE_MS,
  type ProfileName,
  type ResetTime,
  rateLimitRules,
  repeatsByItself,
  reportsError,
  requestAbilities,
  scenario,
  shortJob,
  untilReset,
  usesAnswer,
} from '../../harness/kit/index.ts';

const NO_DATE: ResetTime = { literal: 'in a little while' };
const inSeconds = (seconds: number): ResetTime => ({ inSeconds: seconds });

/** What the 429s of one call say, one after the other; never the same twice running. */
const WAITS: Readonly<Record<string, readonly (ResetTime | undefined)[]>> = {
  '2': [inSeconds(2), inSeconds(6)],
  '4': [inSeconds(3), inSeconds(6), inSeconds(2), inSeconds(5)],
  mixed: [inSeconds(2), NO_DATE, inSeconds(5)],
  'then-none': [inSeconds(3), undefined],
};

const waitsOf = (axes: Readonly<Record<string, string>>): readonly (ResetTime | undefined)[] =>
  WAITS[axes['waits'] ?? ''] ?? [];
const longest = (each: ResetTime | undefined): number =>
  each && 'inSeconds' in each ? (each.inSeconds + 1) * 1000 : ONE_MINUTE_MS;
const sum = (times: readonly (ResetTime | undefined)[]): number => times.reduce((all, each) => all + longest(each), 0);

/** How long the answer may take to be used, in milliseconds. */
const USED_WITHIN_MS = 40_000;

const jobsFor = (kind: LimitedKind) => ({ ...gitlabForRequest(kind), ...(kind === 'job' ? { jobs: [shortJob] } : {}) });

export default scenario({
  id: 'rate-limit/several-waits',
  asks: 'Of several 429s in one call, does it wait for each, and use the answer after the last?',
  explains:
    'GitLab answers the first two, three or four requests of a call with 429, each with a reset time of its own, a later one now longer and now shorter than the one before; with waits=mixed the second is no date, and with waits=then-none it has no reset time: profile 14.10 wants the call to end there, and the error to be reported. Each must be waited for as if it were the only one, each time the same request must come again, and what the answer after the last is for must happen.',
  axes: { ...limitedRequestAxis, waits: { values: Object.keys(WAITS) } },
  // What a job needs is sent again in the runner's own cycle.
  where: ({ waits, request }) =>
    waits !== 'then-none' || !repeatsByItself(limitedRequestOf({ request: request ?? '' })),
  abilities: ({ axes }) => requestAbilities(limitedRequestOf(axes)),
  waits: ({ axes }) => sum(waitsOf(axes)),
  world: ({ axes }) => {
    const on = limitedRequestOf(axes);
    const plan = waitsOf(axes).map((resetTime) => ({
      on,
      times: 1,
      give: { status: 429, ...(resetTime ? { resetTime } : {}), body: 'empty' as const },
    }));
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
        sum(waitsOf(stage.axes)) + 2000 * waitsOf(stage.axes).length + USED_WITHIN_MS,
      );
    }),
  judge: (evidence, { axes, profile }) => {
    const kind = limitedRequestOf(axes);
    const waits = waitsOf(axes);
    const all = evidence.gitlab(kind);
    const limited = all.slice(0, waits.length).filter(({ status }) => status === 429);
    const met = check(
      limited.length === waits.length,
      `the first ${waits.length} ${kind} requests are answered with 429`,
      `429 was the answer to ${counted(limited.length, 'requests')}`,
      ...limited,
    );
    if (isTheEnd(axes, profile)) {
      const [first] = limited;
      return [
        met,
        ...(first ? waited(first, all[all.indexOf(first) + 1], evidence, profile) : []),
        ...ends(all, waits.length, evidence),
      ];
    }
    return [
      met,
      // Not the one of the same number: between two 429s there may be a request that was cut off, and got no answer.
      ...limited.flatMap((each) => waited(each, all[all.indexOf(each) + 1], evidence, profile)),
      ...(met.verdict === 'holds' ? [usesAnswer(evidence, kind)] : []),
    ];
  },
  mutants: [
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

function waited(limited: Exchange, again: Exchange | undefined, evidence: Evidence, profile: ProfileName): Finding[] {
  const { onInvalid, onAbsent } = rateLimitRules(profile);
  const reaction = limited.planned?.resetTime === undefined && onAbsent.do !== 'report' ? onAbsent : onInvalid;
  const window = limited.planned?.resetAt === undefined ? expectedAgain(limited, reaction) : untilReset(limited);
  const timely = comesAgain(limited, again, { ...window, watchedUntil: evidence.end() });
  return again ? [timely, isSameRequest(limited, again)] : [timely];
}
