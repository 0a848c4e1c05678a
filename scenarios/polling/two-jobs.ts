import {
  type AxisValues,
  behindProxy,
  blocked,
  check,
  counted,
  type EventOf,
  type Evidence,
  type Finding,
  isTls,
  type JobSpec,
  jobEnd,
  jobsEnd,
  jobTaken,
  nothingDirect,
  outOfOrder,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  scenario,
  schemeAxis,
  throughProxy,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';

const LINES = 60;
const PAUSES = 4;
/** Long enough that a runner that looks for the second job at its interval finds it while the first runs. */
const PAUSE_SECONDS = 1.5;
const UPDATE_SECONDS = 1;
const STREAMS = ['stdout', 'stderr'] as const;

/** How the two differ: each of them would end as the other if an after_script decided. */
const JOBS = [
  { name: 'first', ends: 'success', exit: 0, afterExit: 5 },
  { name: 'second', ends: 'failed', exit: 137, afterExit: 0 },
] as const;
type Given = (typeof JOBS)[number];
/** As many may run at once, and one more is in the queue. */
const AT_ONCE = JOBS.length;
const WENT_ON = 'proxyproof third went on';
/** It is over with the command that fails: what comes after that would succeed. */
const THIRD: JobSpec = { script: ['false', `echo "${WENT_ON}"`] };

const both = (what: string): string => `echo "${what} to stdout"; echo "${what} to stderr" >&2`;

const jobOf = ({ name, exit, afterExit }: Given): JobSpec => ({
  script: [
    `echo "proxyproof ${name} is job $CI_JOB_ID"`,
    `for i in $(seq 1 ${LINES}); do ${both(`proxyproof ${name} line $i`)}; [ $((i % ${LINES / PAUSES})) -ne 0 ] || sleep ${PAUSE_SECONDS}; done`,
    `exit ${exit}`,
  ],
  afterScript: [both(`proxyproof ${name} afterwards`), `exit ${afterExit}`],
});

const world = (axes: AxisValues, jobs: readonly JobSpec[]) => ({
  gitlab: { tls: isTls(axes), traceUpdateInterval: UPDATE_SECONDS, jobs },
  proxy: proxyOf(axes),
});

export default scenario({
  id: 'polling/two-jobs',
  asks: 'Are two jobs that run at once kept apart, with stdout, stderr and after_script, all through the proxy?',
  explains: `The runner may run two jobs at once (\`concurrent = 2\`), and GitLab has three: two long ones, and one that must wait until one of them is over, in which a command fails before the last. Each of the two prints its id and ${LINES} numbered lines on stdout and as many on stderr, with ${PAUSES} pauses of ${PAUSE_SECONDS} s, so that the two are under way together; its after_script prints on both, too. The first succeeds, and its after_script fails with exit code 5; the second fails with exit code 137, that of a script that was killed, and its after_script succeeds. Each trace must have all lines of its own job, those of each stream in order, and none of the other's; each job must end as its script ended; and every request must bear the token of its own job and come through the proxy. Jobs that do not run together block the case.`,
  axes: { scheme: schemeAxis, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => ['poll', 'script', 'concurrent', ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  waits: () => (PAUSES * PAUSE_SECONDS + 6) * 1000,
  work: 8000,
  world: ({ axes }) => world(axes, [...JOBS.map(jobOf), THIRD]),
  act: (stage) =>
    whilePolling(stage, { ...behindProxy(stage), concurrent: AT_ONCE }, () => jobsEnd(stage, AT_ONCE + 1)),
  judge: (evidence) => {
    const needed = jobTaken(evidence) ?? together(evidence);
    if (needed) return [needed, nothingDirect(evidence)];
    return [
      ...JOBS.flatMap((job, nth) => [...hasItsOwn(evidence, job, nth), ends(evidence, job, nth)]),
      oneWaits(evidence),
      endsAtOnce(evidence),
      ...throughProxy(evidence, ['job', 'trace', 'update'], 'job, trace and update requests'),
    ];
  },
  mutants: [
    'never-uses-proxy',
    'proxies-only-http',
    'proxies-only-job-requests',
    'ignores-concurrent',
    'reports-other-exit-code',
    'reports-killed-script-as-success',
    'goes-on-after-failed-command',
    'drops-trace-chunk',
    'sends-chunks-out-of-order',
    'reports-success-for-failed-job',
    'mixes-traces-of-jobs',
    'uses-token-of-first-job',
    'drops-stderr',
    'drops-after-script-output',
    'skips-after-script-of-failed-job',
    'fails-by-after-script',
    'succeeds-by-after-script',
  ],
  control: {
    without: "the jobs' output and their after_script",
    world: ({ axes }) =>
      world(axes, [
        ...JOBS.map(({ exit }) => ({ script: [`sleep ${PAUSES * PAUSE_SECONDS}`, `exit ${exit}`] })),
        THIRD,
      ]),
  },
});

/** The ids of the jobs, in their order. */
const idsOf = (evidence: Evidence): readonly number[] =>
  evidence.of('job').flatMap(({ what, job }) => (what === 'queued' ? [job] : []));

/** That both were under way at once, without which there is nothing to mix. */
function together(evidence: Evidence): Finding | undefined {
  const events = evidence.of('job');
  const second = events.filter(({ what }) => what === 'handed-out')[1];
  const over = events.find(({ what }) => what === 'finished');
  if (second && (!over || second.seq < over.seq)) return undefined;
  const seen = second ? 'the second was handed out when the first was over' : 'the second was never handed out';
  return blocked('two jobs run at once', seen, over);
}

/** A job that is taken is a job that runs: whoever takes one more than `concurrent` allows runs more than its host is meant for. */
function oneWaits(evidence: Evidence): Finding {
  let atWork = 0;
  const over = evidence.of('job').find(({ what }) => {
    if (what === 'handed-out') atWork++;
    if (what === 'finished') atWork--;
    return atWork > AT_ONCE;
  });
  return check(
    !over,
    `no more than ${AT_ONCE} jobs run at once`,
    over ? `job ${over.job} was taken while ${AT_ONCE} others ran` : 'the third was taken when one of the two was over',
    over,
  );
}

/** A job fails with its first command that does; some runners then tell another exit code than the command's. */
function endsAtOnce(evidence: Evidence): Finding {
  const { end, lines } = endOf(evidence, AT_ONCE);
  const wentOn = lines.some((line) => line.includes(WENT_ON));
  return check(
    end?.state === 'failed' && !wentOn,
    'a job is over with its first command that fails, and is reported as failed',
    `the third was reported as ${end?.state ?? 'nothing'}, and ${wentOn ? 'went on after that command' : 'did not go on'}`,
    end,
  );
}

/** How the nth job ended, by its order in the queue, and its trace; they may end in any order. */
function endOf(evidence: Evidence, nth: number): { end?: EventOf<'job'>; lines: readonly string[] } {
  const id = idsOf(evidence)[nth];
  for (let at = 0; ; at++) {
    const end = jobEnd(evidence, at);
    if (!end) return { lines: [] };
    if (end.job === id) return { end, lines: traceLines(evidence, at) };
  }
}

function ends(evidence: Evidence, { name, ends: state, exit, afterExit }: Given, nth: number): Finding {
  const { end } = endOf(evidence, nth);
  const told = end?.exitCode === undefined ? '' : `, with exit code ${end.exitCode}`;
  return check(
    end?.state === state && (end.exitCode === undefined || end.exitCode === exit),
    `the ${name} job, whose script ends with exit code ${exit} and its after_script with ${afterExit}, is reported as ${state}`,
    end ? `it was reported as ${end.state ?? 'nothing'}${told}` : 'no final state of it was reported',
    end,
  );
}

function hasItsOwn(evidence: Evidence, { name }: Given, nth: number): Finding[] {
  const { end, lines } = endOf(evidence, nth);
  if (!end) return [];
  const ours = lines.filter((line) => line.startsWith('proxyproof '));
  const others = ours.filter((line) => !line.startsWith(`proxyproof ${name} `));
  const id = `proxyproof ${name} is job ${end.job}`;
  return [
    check(
      others.length === 0 && ours.includes(id),
      `the trace of the ${name} job is its own`,
      others.length > 0
        ? `${counted(others.length, 'lines')} of the other's are in it, the first: ${others[0]}`
        : (ours.find((line) => line.includes(' is job ')) ?? 'the line with its id is not in it'),
      end,
    ),
    ...STREAMS.map((stream) => isWhole(ours, name, stream, end)),
    ...STREAMS.map((stream) =>
      check(
        ours.includes(`proxyproof ${name} afterwards to ${stream}`),
        `what the after_script of the ${name} job prints on ${stream} is in its trace`,
        ours.includes(`proxyproof ${name} afterwards to ${stream}`) ? 'it is' : 'it is not',
        end,
      ),
    ),
  ];
}

function isWhole(lines: readonly string[], name: string, stream: string, end: EventOf<'job'>): Finding {
  const numbers = lines.flatMap((line) => {
    const [, of, number, to] = /^proxyproof (\w+) line (\d+) to (\w+)$/.exec(line) ?? [];
    return of === name && to === stream ? [Number(number)] : [];
  });
  const wrong = outOfOrder(numbers);
  return check(
    wrong === undefined && numbers.length === LINES,
    `the trace of the ${name} job has all ${LINES} lines of ${stream}, once each and in order`,
    wrong ?? `${counted(numbers.length, 'lines')} arrived in order`,
    end,
  );
}
