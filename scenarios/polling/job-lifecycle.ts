import {
  type AxisValues,
  behindProxy,
  blocked,
  check,
  counted,
  type Evidence,
  endsAs,
  type Finding,
  gateAt,
  isAfter,
  isTls,
  jobEnd,
  jobsEnd,
  jobTaken,
  nothingDirect,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type Stage,
  scenario,
  schemeAxis,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';
import { LINES, MUCH, muchOutput, PAUSE_SECONDS, PAUSES, USUAL, usualOutput } from './_job-output.ts';

/** Runners send what a job printed every 3 s until they are told otherwise, so the job lasts longer than that. */
const UPDATE_SECONDS = 1;
const EXIT_CODE = 3;
const FAILING = `exit ${EXIT_CODE}`;

/** How long a job may take that is not over by itself, in seconds. */
const TIMEOUT_SECONDS = 12;

/** How long a runner may take to let go of a canceled job, and to run the next, in milliseconds: a silent job is told of each 30 s. */
const LETS_GO_MS = 120_000;
/** A few requests may be under way when a job is canceled. */
const MOST_AFTER_CANCELED = 5;

const fails = (axes: AxisValues): boolean => axes['ends'] === 'failure';
const timesOut = (axes: AxisValues): boolean => axes['ends'] === 'timeout';
const isCanceled = (axes: AxisValues): boolean => axes['ends'] === 'canceled';
/** Whether it is over by itself. */
const endsItself = (axes: AxisValues): boolean => !timesOut(axes) && !isCanceled(axes);
const isMuch = (axes: AxisValues): boolean => axes['trace'] === '2MiB';

export default scenario({
  id: 'polling/job-lifecycle',
  asks: 'Does a job run, its whole trace arrive in order, and its final state get reported, all through the proxy?',
  explains: `A job prints ${LINES} numbered lines of some 450 bytes, with characters of several bytes, colours and tabs in them, each ended by carriage return and line feed, with a line on stderr between two of them and one whose characters come in pieces; then an empty line and a line without an end. There are ${PAUSES} pauses of ${PAUSE_SECONDS} s so that a runner that sends as it goes sends several parts. The job then succeeds, fails with exit code 3, or, with ends=timeout, goes on until its ${TIMEOUT_SECONDS} s are over. With ends=canceled it waits for what does not come, and GitLab cancels it, which a runner learns by the answer to its next request: it must let go of that job, soon ask nothing more about it, and run the next. With trace=2MiB it prints more than that at once, so that parts of a mebibyte are not enough. GitLab must have every line once, in order and unchanged, the checksum that the runner gives must be that of what arrived, the final state, its reason and the exit code must be the right ones and be told when the whole trace has been sent, and every job, trace and update request must come through the proxy.`,
  axes: {
    ends: { values: ['success', 'failure', 'timeout', 'canceled'] },
    trace: { values: ['usual', '2MiB'], default: 'usual' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) => {
    if (!isMuch(axes) && endsItself(axes)) return true;
    return axes['proxy'] === 'basic' && !isTls(axes) && (!isMuch(axes) || axes['ends'] === 'success');
  },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => [
    'poll',
    'script',
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
    ...(isCanceled(axes) ? (['keep-alive'] as const) : []),
  ],
  waits: ({ axes }) => {
    if (isCanceled(axes)) return LETS_GO_MS;
    return ((timesOut(axes) ? TIMEOUT_SECONDS : PAUSES * PAUSE_SECONDS) + 3) * 1000;
  },
  work: 5000,
  world: ({ axes }) => ({
    gitlab: {
      tls: isTls(axes),
      traceUpdateInterval: UPDATE_SECONDS,
      jobs: endsItself(axes) ? [{ script: scriptOf(axes) }] : [],
    },
    proxy: proxyOf(axes),
  }),
  // A trace may come in parts of a kilobyte.
  allows: ({ axes }) => ({ requests: isMuch(axes) ? 4000 : 200 }),
  act: (stage) => {
    if (isCanceled(stage.axes)) return cancelJob(stage);
    return timesOut(stage.axes) ? runIntoTimeout(stage) : runJob(stage);
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    if (isCanceled(axes)) return letsGo(evidence);
    return [
      endsAs(evidence, axes['ends'] === 'success' ? 'success' : 'failed'),
      ...(fails(axes) ? [failsFor(evidence, 'script_failure', EXIT_CODE)] : []),
      ...(timesOut(axes) ? [failsFor(evidence, 'job_execution_timeout')] : []),
      ...(isMuch(axes) ? muchOutput(evidence) : usualOutput(evidence)),
      checksumAgrees(evidence),
      endComesLast(evidence),
      ...throughProxy(evidence, ['job', 'trace', 'update'], 'job, trace and update requests'),
    ];
  },
  mutants: [
    'sends-credentials-once',
    'never-uses-proxy',
    'proxies-only-http',
    'proxies-only-job-requests',
    'drops-trace-chunk',
    'sends-chunks-out-of-order',
    'reports-success-for-failed-job',
    'reports-system-failure-for-failed-script',
    'reports-other-exit-code',
    'cuts-long-traces',
    'tells-end-before-rest',
    'garbles-trace',
    'unifies-line-ends',
    'drops-empty-lines',
    'drops-last-words',
    'decodes-pieces-of-output',
    'prints-stderr-last',
    'skips-byte-after-full-part',
    'loses-byte-of-long-traces',
    'reports-timeout-as-failed-script',
    'ignores-timeouts',
    'goes-on-with-canceled-jobs',
  ],
  control: {
    without: 'the job’s output and its end: an empty job that ends the other way',
    world: ({ axes }) => ({
      gitlab: { tls: isTls(axes), jobs: [{ script: [fails(axes) ? 'true' : FAILING] }] },
      proxy: proxyOf(axes),
    }),
    act: runJob,
  },
});

const scriptOf = (axes: AxisValues): readonly string[] =>
  isMuch(axes) ? MUCH : fails(axes) ? [...USUAL, FAILING] : USUAL;

function runJob(stage: Stage): Promise<void> {
  return whilePolling(stage, behindProxy(stage), () => jobsEnd(stage));
}

/** A job that waits for what does not come. */
async function runIntoTimeout(stage: Stage): Promise<void> {
  const { gitlab } = stage.world;
  const gate = gateAt(stage.world, 'its-timeout');
  gitlab.queue({ script: [...USUAL, gate.line], timeoutSeconds: TIMEOUT_SECONDS });
  await whilePolling(stage, behindProxy(stage), async () => {
    if (await gate.reached()) await jobsEnd(stage);
    await gate.open();
  });
}

/** GitLab cancels a job that waits for what does not come, and has another. */
async function cancelJob(stage: Stage): Promise<void> {
  const { world } = stage;
  const gate = gateAt(world, 'its-end');
  world.gitlab.queue({ script: [gate.line] });
  await whilePolling(stage, behindProxy(stage), async () => {
    const job = (await gate.reached())
      ? world.evidence.of('job').find(({ what }) => what === 'handed-out')?.job
      : undefined;
    if (job !== undefined) {
      world.gitlab.cancel(job, 'canceled');
      world.gitlab.queue({ script: ['echo next'] });
      await jobsEnd(stage, 1, LETS_GO_MS);
    }
    await gate.open();
  });
}

/** What is to be found of a runner whose job was canceled. */
function letsGo(evidence: Evidence): Finding[] {
  const canceled = evidence.of('job').find(({ what }) => what === 'canceled');
  if (!canceled) return [blocked('GitLab cancels a job that runs', 'its script did not come so far')];
  const after = evidence
    .gitlab('trace', 'update')
    .filter((each) => isAfter(each, canceled) && new RegExp(`/jobs/${canceled.job}(/|$)`).test(each.target));
  return [
    check(
      after.length <= MOST_AFTER_CANCELED,
      'soon nothing more is asked about a job that GitLab has canceled',
      `${counted(after.length, 'requests')} about it came after that`,
      canceled,
      ...after.slice(0, 3),
    ),
    endsAs(evidence, 'success'),
    ...throughProxy(evidence, ['job', 'trace', 'update'], 'job, trace and update requests'),
  ];
}

/** To tell the end is to say that the trace is whole: GitLab may close a trace then, and refuse what comes later. */
function endComesLast(evidence: Evidence): Finding {
  const early = evidence.gitlab('update').filter(({ status }) => status === 202);
  return check(
    early.length === 0,
    "the job's end is told when the whole trace has been sent",
    early.length === 0
      ? 'GitLab had all of it by then'
      : `GitLab had to ask for the rest of the trace ${counted(early.length, 'times')}`,
    ...early,
    jobEnd(evidence),
  );
}

/** A runner that says why at all says so rightly: GitLab may run again what fails by the runner's own fault, or takes too long. */
function failsFor(evidence: Evidence, reason: string, code?: number): Finding {
  const end = jobEnd(evidence);
  const { failureReason = 'no reason', exitCode } = end ?? {};
  return check(
    (failureReason === 'no reason' || failureReason === reason) &&
      (exitCode === undefined || code === undefined || exitCode === code),
    `the reason that GitLab is told is ${reason}${code === undefined ? '' : `, and the exit code ${code}`}`,
    `GitLab was told ${failureReason}, and ${exitCode === undefined ? 'no exit code' : `exit code ${exitCode}`}`,
    end,
  );
}

function checksumAgrees(evidence: Evidence): Finding {
  const end = jobEnd(evidence);
  const matches = end?.checksumMatches;
  const seen =
    matches === undefined
      ? 'the runner gave no checksum'
      : matches
        ? 'the checksum agrees'
        : 'the checksum does not agree';
  // Runners before 13 and those of other makers give none: then the lines alone tell.
  return check(
    matches !== false && end !== undefined,
    'a checksum that the runner gives agrees with the trace',
    seen,
    end,
  );
}
