import {
  type AxisValues,
  behindProxy,
  check,
  counted,
  type Evidence,
  endsAs,
  type Finding,
  isTls,
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

const LINES = 300;
const PAUSES = 4;
const PAUSE_SECONDS = 1;
/** Runners send what a job printed every 3 s until they are told otherwise, so the job lasts longer than that. */
const UPDATE_SECONDS = 1;

/** What a careless runner changes: text of two to four bytes a character, colours, tabs; so much of it that 64 KiB are not enough. */
const TEXT = 'grün → 漢字 😀 \u001b[0;32mgreen\u001b[0;m\tand "quoted" 100 % $HOME \\n '.repeat(6).trimEnd();

const script = [
  `text='${TEXT}'`,
  `for i in $(seq 1 ${LINES}); do printf '%s %s\\r\\n' "proxyproof line $i of ${LINES}" "$text"; [ $((i % ${LINES / PAUSES})) -ne 0 ] || sleep ${PAUSE_SECONDS}; done`,
];
/** What comes before an empty line, and what comes last, without the end of a line. */
const BEFORE_NOTHING = 'proxyproof before an empty line';
const LAST_WORDS = 'proxyproof last words';
script.push(`printf '${BEFORE_NOTHING}\\n\\n${LAST_WORDS}'`);
const EXIT_CODE = 3;
const FAILING = `exit ${EXIT_CODE}`;

const fails = (axes: AxisValues): boolean => axes['ends'] === 'failure';

export default scenario({
  id: 'polling/job-lifecycle',
  asks: 'Does a job run, its whole trace arrive in order, and its final state get reported, all through the proxy?',
  explains: `A job prints ${LINES} numbered lines of some 450 bytes, with characters of several bytes, colours and tabs in them, each ended by carriage return and line feed, then an empty line and a line without an end, and with ${PAUSES} pauses of ${PAUSE_SECONDS} s so that a runner that sends as it goes sends several parts, and then succeeds or fails with exit code 3. GitLab must have every line once, in order and unchanged, the checksum that the runner gives must be that of what arrived, the final state, its reason and the exit code must be the right ones and be told when the whole trace has been sent, and every job, trace and update request must come through the proxy.`,
  axes: { ends: { values: ['success', 'failure'] }, scheme: schemeAxis, proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => (isTls(axes) ? ['poll', 'custom-ca'] : ['poll']),
  waits: () => (PAUSES * PAUSE_SECONDS + 3) * 1000,
  work: 5000,
  world: ({ axes }) => ({
    gitlab: {
      tls: isTls(axes),
      traceUpdateInterval: UPDATE_SECONDS,
      jobs: [{ script: fails(axes) ? [...script, FAILING] : script }],
    },
    proxy: proxyOf(axes),
  }),
  // A trace of this size may come in parts of a kilobyte.
  allows: () => ({ requests: 200 }),
  act: (stage) => whilePolling(stage, behindProxy(stage), () => jobsEnd(stage)),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    return [
      endsAs(evidence, fails(axes) ? 'failed' : 'success'),
      ...(fails(axes) ? [failsByScript(evidence)] : []),
      isWholeAndInOrder(evidence),
      lineEndsAreKept(evidence),
      oddsAreKept(evidence),
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
  ],
  control: {
    without: 'the job’s output and its end: an empty job that ends the other way',
    world: ({ axes }) => ({
      gitlab: { tls: isTls(axes), jobs: [{ script: [fails(axes) ? 'true' : FAILING] }] },
      proxy: proxyOf(axes),
    }),
  },
});

function isWholeAndInOrder(evidence: Evidence): Finding {
  const lines = traceLines(evidence).flatMap((line) => {
    const [, number, text] = /^proxyproof line (\d+) of \d+ ?(.*)$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), text }];
  });
  const wrong = outOfOrder(lines.map(({ number }) => number));
  const changed = lines.find(({ text }) => text !== TEXT);
  const parts = evidence.gitlab('trace').length;
  const seen =
    wrong ??
    (changed
      ? `line ${changed.number} ends with: ${changed.text?.slice(-60)}`
      : `${counted(lines.length, 'lines')} arrived in order, in ${counted(parts, 'parts')}`);
  return check(
    wrong === undefined && !changed && lines.length === LINES,
    `the trace has all ${LINES} lines, once each, in order and unchanged`,
    seen,
    jobEnd(evidence),
  );
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

/** Programs end lines in either way, and move back to a line's beginning to draw over it: what they print is what GitLab must have. */
function lineEndsAreKept(evidence: Evidence): Finding {
  const end = jobEnd(evidence);
  const ends = end?.trace?.text?.match(/\r\n/g)?.length ?? 0;
  return check(
    ends >= LINES,
    `the ${LINES} lines end as the job ended them, with carriage return and line feed`,
    `${counted(ends, 'lines')} end so`,
    end,
  );
}

/** An empty line is a line, and so is one without an end. */
function oddsAreKept(evidence: Evidence): Finding {
  const lines = traceLines(evidence);
  const at = lines.indexOf(BEFORE_NOTHING);
  const lost = [
    ...(at < 0 || lines[at + 1] !== '' ? ['the empty line'] : []),
    ...(lines.some((line) => line.startsWith(LAST_WORDS)) ? [] : ['the line without an end']),
  ];
  return check(
    lost.length === 0,
    'an empty line, and the last line of a script, which has no end, are in the trace',
    lost.length === 0 ? 'they are' : `${lost.join(' and ')} is not`,
    jobEnd(evidence),
  );
}

/** A runner that says why at all says so rightly: GitLab may run again what fails by the runner's own fault. */
function failsByScript(evidence: Evidence): Finding {
  const end = jobEnd(evidence);
  const { failureReason = 'no reason', exitCode } = end ?? {};
  return check(
    (failureReason === 'no reason' || failureReason === 'script_failure') &&
      (exitCode === undefined || exitCode === EXIT_CODE),
    `the reason that GitLab is told is that the script failed, and its exit code ${EXIT_CODE}`,
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
