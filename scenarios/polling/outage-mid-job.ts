import {
  type Axis,
  type AxisValues,
  behindProxy,
  blocked,
  check,
  counted,
  duration,
  type Evidence,
  endsAs,
  type Finding,
  gateAt,
  isAfter,
  isTls,
  jobEnd,
  jobsEnd,
  jobTaken,
  nothingArrives,
  nothingDirect,
  OUTAGE,
  type Outage,
  outageOf,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  START_LIMIT_MS,
  type Stage,
  scenario,
  schemeAxis,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';
import { breakProxy, howAxis, howOf } from './_broken-proxy.ts';

/** Which requests of a job meet the outage first; all that follow meet it, too, but for `final-update`, which is met alone. */
const AT = { values: ['trace', 'keep-alive', 'upload', 'end', 'final-update'] } as const satisfies Axis;
type At = (typeof AT)['values'][number];
const atOf = ({ at }: AxisValues): At => AT.values.find((each) => each === at) ?? 'trace';

/** A proxy that is out of order; or a part of the trace that arrives, and the answer to it does not. */
const ANSWER_LOST = 'answer-lost';
/** One request hangs for good, where its connection stays open; all others are forwarded. */
const ONE_REQUEST = 'one-request';
const HOW = { values: [...howAxis.values, ANSWER_LOST, ONE_REQUEST] } as const satisfies Axis;
const isAnswerLost = ({ how }: AxisValues): boolean => how === ANSWER_LOST;
const isOneRequest = ({ how }: AxisValues): boolean => how === ONE_REQUEST;
/** What stands in the first line of the request that hangs. */
const LINES_OF: Partial<Record<At, string>> = { trace: 'PATCH ', upload: '/artifacts', 'final-update': 'PUT ' };

/** While a job runs a runner may never give up, so it is watched for long; some give a job's end up after half a minute. */
const HOUR_MS = 60 * 60_000;
const MINUTES_MS = 5 * 60_000;
const REAL_MS = 45_000;
const BRIEF_MS = 15_000;
const isLong = (axes: AxisValues): boolean =>
  isOneRequest(axes) || atOf(axes) === 'trace' || atOf(axes) === 'keep-alive';

/** What runners are told to wait between two requests of a job, in seconds; 3 by default. */
const UPDATE_SECONDS = 15;
/** How long an answer may take from GitLab to the runner, in milliseconds. */
const ANSWER_MS = 1000;
/** A day, in seconds, so that no job ends by its timeout. */
const TIMEOUT = 86_400;
const LINES = 20;

const prints = (part: number): string => `for i in $(seq 1 ${LINES}); do echo "proxyproof part ${part} line $i"; done`;
const partsOf = (at: At): number => (at === 'trace' ? 3 : 2);

export default scenario({
  id: 'polling/outage-mid-job',
  asks: 'When the proxy is out of order while a job runs, does nothing go direct, and does GitLab get all of the job once it is back?',
  explains: `A job prints ${LINES} lines and waits. Then the proxy refuses connections, hangs, resets, or answers 407, 502 or 503, and connections that were open are cut. With at=trace the job prints more meanwhile, with at=keep-alive it prints nothing, and after an hour (of simulated time; ${REAL_MS / 1000} s of real time, and 5 min of simulated time by https and through squid) the proxy is put right and the job ends. With at=end and at=upload (of an artifact) the job ends while the proxy is out of order for ${BRIEF_MS / 1000} s, and with at=final-update the proxy fails PUT requests alone for so long. Nothing may go around the proxy, the trace must have every line once and in order, and the end must be told: as a success, or, where the upload was given up, as a failure. With how=answer-lost GitLab takes a part of the trace, and its connection ends before the answer: sent again, the part is refused with 416 and what GitLab has, and the runner must go on from there. With how=one-request a part of the trace, an upload or the end is taken by the proxy and never answered, on a connection that stays open (in real time for ${REAL_MS / 1000} s), while all other requests are forwarded: it must be given up and made again.`,
  axes: { how: HOW, at: AT, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => {
    if (isAnswerLost(axes)) return atOf(axes) === 'trace' && axes['proxy'] === 'basic' && !isTls(axes);
    if (isOneRequest(axes)) return LINES_OF[atOf(axes)] !== undefined && axes['proxy'] === 'basic' && !isTls(axes);
    // A listener that refuses strikes no request alone.
    if (axes['how'] === 'refused' && atOf(axes) === 'final-update') return false;
    if (axes['proxy'] === 'basic' && !isTls(axes)) return true;
    if (atOf(axes) !== 'trace') return false;
    // Squid's own answers cannot be made up.
    return axes['proxy'] === 'basic' || (!isTls(axes) && axes['how'] !== '502' && axes['how'] !== '503');
  },
  needs: ({ axes }) => proxyNeeds(axes, 'namespace'),
  abilities: ({ axes }) => [
    'poll',
    'script',
    'early-trace',
    ...(atOf(axes) === 'keep-alive' ? (['keep-alive'] as const) : []),
    ...(atOf(axes) === 'upload' ? (['upload'] as const) : []),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  waits: ({ axes }) => (isLong(axes) ? REAL_MS : BRIEF_MS) + UPDATE_SECONDS * 1000,
  work: 5000,
  world: ({ axes }) => ({
    gitlab: { tls: isTls(axes), traceUpdateInterval: UPDATE_SECONDS },
    proxy: proxyOf(axes),
  }),
  act: (stage) => runThrough(stage, () => breakIt(stage)),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    const outage = outageOf(evidence);
    const unmet = notMet(evidence, axes, outage);
    if (!outage || unmet) return [...(unmet ? [unmet] : []), nothingDirect(evidence)];
    return [
      nothingDirect(evidence),
      ...(atOf(axes) === 'final-update' || isAnswerLost(axes) || isOneRequest(axes)
        ? []
        : [nothingArrives(evidence, outage)]),
      atOf(axes) === 'upload' ? endsByUpload(evidence) : endsAs(evidence, 'success'),
      isWhole(evidence, partsOf(atOf(axes))),
    ];
  },
  mutants: [
    'sends-chunks-out-of-order',
    'sends-credentials-once',
    'never-uses-proxy',
    'proxies-only-http',
    'proxies-only-job-requests',
    'goes-direct-when-proxy-refuses',
    'goes-direct-when-proxy-answers-407',
    'goes-direct-when-name-does-not-resolve',
    'goes-direct-for-all-but-job-requests-when-proxy-refuses',
    'goes-direct-when-proxy-breaks-off',
    'goes-direct-for-updates-when-proxy-is-unavailable',
    'goes-direct-for-uploads-when-proxy-fails',
    'goes-direct-after-many-failures',
    'takes-unanswered-trace-for-sent',
    'skips-byte-after-range-mismatch',
    'takes-unanswered-end-for-told',
    'succeeds-without-upload',
    'waits-for-answers-for-good',
  ],
  control: { without: 'the outage', act: (stage) => runThrough(stage, async () => async () => {}) },
});

/** Begins what is wrong, and gives what puts it right. */
async function breakIt({ world, axes }: Stage): Promise<() => Promise<void>> {
  if (isOneRequest(axes)) {
    const fault = world.proxy.inject({ fault: 'hang', when: 'on-request', times: 1, line: LINES_OF[atOf(axes)] });
    // Runners wait ten minutes for an answer: in real time the connection is ended before.
    return async () => void (world.clock.kind === 'real' && fault.off());
  }
  if (!isAnswerLost(axes)) return breakProxy(world, howOf(axes['how']), methodOf(axes));
  world.gitlab.follow([{ on: 'trace', times: 1, give: { reset: 'after-taking' } }]);
  return async () => world.gitlab.follow([]);
}

const methodOf = (axes: AxisValues): string | undefined => (atOf(axes) === 'final-update' ? 'PUT' : undefined);

function watchedMs({ axes, driver }: Stage): number {
  if (!isLong(axes)) return BRIEF_MS;
  if (driver.clock === 'real') return REAL_MS;
  return isTls(axes) || axes['proxy'] === 'squid' ? MINUTES_MS : HOUR_MS;
}

/** Runs the job, and has it meet an outage. @param begin begins it, and gives what ends it */
async function runThrough(stage: Stage, begin: () => Promise<() => Promise<void>>): Promise<void> {
  const { world, axes } = stage;
  const at = atOf(axes);
  const [first, second] = [gateAt(world, 'the-outage'), gateAt(world, 'its-end')];
  world.gitlab.queue({
    script: [
      ...(at === 'upload' ? ['echo content > artifact.txt'] : []),
      prints(1),
      first.line,
      prints(2),
      ...(at === 'trace' ? [second.line, prints(3)] : []),
    ],
    ...(at === 'upload' ? { artifacts: ['artifact.txt'] } : {}),
    timeoutSeconds: TIMEOUT,
  });
  await whilePolling(stage, behindProxy(stage), async () => {
    if (!(await first.reached())) return;
    if (!(await world.waitFor('the first part of the trace', tracedOnce, START_LIMIT_MS))) return;
    await world.watch(ANSWER_MS, 'that the answer to it arrives');
    const end = await begin();
    world.mark(OUTAGE.from, 'the proxy is out of order from now on');
    if (at !== 'keep-alive') await first.open();
    if (at === 'trace') await second.reached();
    // What comes again then is longer than what GitLab has of it.
    if (isAnswerLost(axes)) await world.waitFor('an answer to be lost', isStruck, START_LIMIT_MS);
    else await world.watch(watchedMs(stage), 'what it does while the proxy is out of order');
    world.mark(OUTAGE.to, 'the proxy is put right');
    await end();
    world.mark(OUTAGE.over, 'the proxy is all right again');
    if (at === 'keep-alive') await first.open();
    if (at === 'trace') await second.open();
    await jobsEnd(stage);
  });
}

const isStruck = (seen: Evidence): boolean => seen.of('fault').some(({ state }) => state === 'struck');

/** Until all that was printed by then has arrived, what comes next is not what meets the outage first. */
const tracedOnce = (seen: Evidence): boolean =>
  seen.gitlab('trace').some(({ body }) => body?.text?.includes(`proxyproof part 1 line ${LINES}`) === true) ||
  seen.tripwire().length > 0;

/** Undefined when a request met the outage; else what blocks the case. */
function notMet(evidence: Evidence, axes: AxisValues, outage: Outage | undefined): Finding | undefined {
  const expected = 'the proxy is out of order while the job runs, and a request meets that';
  if (!outage) return blocked(expected, 'the job did not come so far');
  const during = ({ seq }: { seq: number }): boolean => seq < outage.to.seq;
  const faults = evidence.of('fault').filter(during);
  const method = methodOf(axes);
  const struck = faults.filter(
    ({ state, detail = '' }) => state === 'struck' && (!method || detail.startsWith(method)),
  );
  const down = faults.filter(({ name, state }) => name === 'stop' && state === 'on');
  const refused = evidence.proxy().filter((each) => each.status === 407 && isAfter(each, outage.from));
  if (down.length + struck.filter(({ name }) => name !== 'restart').length + refused.length > 0) return undefined;
  return blocked(expected, `nothing did in the ${duration(outage.to.t - outage.from.t)} watched`, outage.from);
}

function isWhole(evidence: Evidence, parts: number): Finding {
  const got = traceLines(evidence).filter((line) => /^proxyproof part \d+ line \d+$/.test(line));
  const all = Array.from({ length: parts * LINES }, (_, index) => {
    return `proxyproof part ${Math.floor(index / LINES) + 1} line ${(index % LINES) + 1}`;
  });
  const wrong = all.findIndex((line, index) => got[index] !== line);
  const seen =
    wrong >= 0
      ? `after ${counted(wrong, 'lines')} in order comes ${got[wrong] === undefined ? 'nothing' : `“${got[wrong]}”`}`
      : `${counted(got.length, 'lines')} arrived`;
  return check(
    wrong < 0 && got.length === all.length,
    `the trace has all ${all.length} lines, once each and in order: no part of it is lost in the outage`,
    seen,
    jobEnd(evidence),
  );
}

/** An upload that was given up fails the job; one that succeeded has brought the artifact. */
function endsByUpload(evidence: Evidence): Finding {
  const end = jobEnd(evidence);
  const arrived = evidence.of('job').find(({ what }) => what === 'artifact');
  const seen = end
    ? `the job was reported as ${end.state ?? 'nothing'}, and the artifact ${arrived ? 'arrived' : 'did not arrive'}`
    : 'no final state of the job was reported';
  return check(
    end !== undefined && end.state === (arrived ? 'success' : 'failed'),
    'the job is reported as success if its artifact arrived, and else as failed',
    seen,
    end,
    arrived,
  );
}
