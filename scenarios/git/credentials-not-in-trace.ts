import {
  type AxisValues,
  blocked,
  check,
  counted,
  type EventOf,
  type Evidence,
  endsAs,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  gitAbilities,
  gitNeeds,
  gitWorld,
  isInDocker,
  isTls,
  type JobSpec,
  jobEnd,
  jobTaken,
  pageSources,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  scenario,
  schemeAxis,
  traceLines,
} from '../../harness/kit/index.ts';

/** What the ledger writes in place of the secrets that must not be there. */
const SECRETS = {
  'the job token': /«job-token/,
  "the proxy's password": /«proxy-(credentials|password)/,
  'a masked variable of the job': /«masked-variable/,
} as const;

const PRINT_CREDENTIALS = `given=\${HTTP_PROXY#*://}; printf %s "\${given%@*}" | base64 -w0; echo`;

const isFailing = (axes: AxisValues): boolean => axes['clone'] === 'fails';

/** Printed before a secret, so that a reader of the trace sees that it was. */
const PRINTED = 'proxyproof-secret:';
/** Longer than a runner waits before it sends what it has. */
const BETWEEN_SECONDS = 1.5;
/** Long enough for a runner to read one piece without the next. */
const BETWEEN_PIECES_SECONDS = 0.3;

/** Prints a variable in three pieces on one line. @param seconds the pause after the first piece */
const inPieces = (name: string, seconds = BETWEEN_PIECES_SECONDS): string =>
  `printf '${PRINTED} %s' "\${${name}:0:6}"; sleep ${seconds}; printf %s "\${${name}:6:6}"; sleep ${BETWEEN_PIECES_SECONDS}; echo "\${${name}:12}"`;

/** Jobs that print secrets of their own accord, a line for each, which must be there without it. */
const PRINTING: Readonly<Record<string, JobSpec & { readonly script: readonly string[] }>> = {
  /** The pieces arrive one by one, and in several requests where a runner sends as it goes. */
  'token-in-pieces': { script: [inPieces('CI_JOB_TOKEN', BETWEEN_SECONDS)] },
  /** What the project keeps in GitLab, and marks as masked: of two lengths, one with signs that GitLab allows there and that patterns have a meaning for; and one that is no ASCII, and whose pieces are no whole characters. */
  'masked-variable': {
    script: [
      `echo "${PRINTED} the password is $DEPLOY_PASSWORD, as a variable"`,
      `echo "${PRINTED} the key is $DEPLOY_KEY, as a variable"`,
      inPieces('DEPLOY_PASSWORD'),
      inPieces('DEPLOY_KEY'),
      `echo "${PRINTED} the phrase is $DEPLOY_PHRASE, as a variable"`,
      inPieces('DEPLOY_PHRASE'),
    ],
    maskedVariables: {
      DEPLOY_PASSWORD: 'pp-Deploy_7f3a9c41',
      DEPLOY_PHRASE: 'pp-Üß_漢字_schlüssel_2c6e',
      DEPLOY_KEY: 'pp+Deploy.key/of=the@project~with:nine+kinds.of/signs=4b8d',
    },
  },
};
const printing = (axes: AxisValues) => PRINTING[axes['prints'] ?? ''];

export default scenario({
  id: 'git/credentials-not-in-trace',
  asks: "Do the job's token and the proxy's password stay out of the trace?",
  explains:
    "Configured as in git/clone-through-proxy, with the proxy's password in the variables. The job either clones and then prints git's remotes, whose URL may have the job token, or its clone fails because GitLab answers git with 403, so that the error messages are in the trace. With prints=token-in-pieces the job prints its token in three pieces, a second and more apart, on one line: GitLab gives CI_JOB_TOKEN as a masked variable, so the runner must hide it there too. With prints=masked-variable it prints three masked variables of the project, whole and in three pieces: one is shorter than the other two, one has the signs + . / = @ : ~ in it, which GitLab allows there, and one has letters beyond ASCII. The ledger writes a name in place of every secret in every form it knows (plain, URL-encoded, Base64), so a name in the trace is a leak. The job does not print its variables: the proxy's password is in there by the page's own recipe, and no runner promises to hide it then; the control does that, to show that it would be found. Reports have no secrets by the same redaction.",
  axes: {
    executor: executorAxis,
    clone: { values: ['works', 'fails'] },
    prints: { values: ['remotes', ...Object.keys(PRINTING)], default: 'remotes' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) =>
    exceptSquidTunnel(axes) &&
    plainInDocker(axes) &&
    (!printing(axes) || (!isFailing(axes) && !isInDocker(axes) && !isTls(axes) && axes['proxy'] === 'basic')),
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment'),
  work: 1000,
  world: ({ axes }) =>
    gitWorld(axes, {
      job: printing(axes) ?? { script: ['git remote -v'] },
      traceUpdateInterval: 1,
      ...(isFailing(axes)
        ? { plan: [{ on: 'git', times: 'ever', give: { status: 403, body: 'text' } }] as const }
        : {}),
    }),
  act: (stage) => runGitJobs(stage, pageSources(stage)),
  judge: (evidence, { axes }) => {
    const trace = jobEnd(evidence);
    const needed = jobTaken(evidence) ?? hasTrace(trace) ?? gitAsked(evidence);
    if (needed) return [needed];
    const cloned = endsAs(evidence, isFailing(axes) ? 'failed' : 'success');
    return [
      ...(cloned.verdict === 'fails' ? [{ ...cloned, verdict: 'blocked' as const }] : []),
      ...printed(evidence, printing(axes)?.script.length ?? 0),
      ...Object.entries(SECRETS).map(([what, mark]) => staysOut(evidence, what, mark)),
    ];
  },
  mutants: [
    'prints-token-in-trace',
    'prints-proxy-password-in-trace',
    'masks-whole-pieces-only',
    'masks-job-token-only',
    'masks-pieces-of-longest-only',
    'takes-secrets-for-patterns',
    'masks-ascii-only',
    'prints-basic-credentials',
    'prints-token-in-hexadecimal',
    'prints-password-percent-encoded',
    'prints-token-on-two-lines',
  ],
  control: {
    without: 'discretion: the hook prints the credentials in the form of the Basic scheme, which no masking covers',
    act: (stage) => {
      const recipe = pageSources(stage);
      return runGitJobs(stage, { ...recipe, getSourcesHook: `${recipe.getSourcesHook}; ${PRINT_CREDENTIALS}` });
    },
  },
});

function hasTrace(end: EventOf<'job'> | undefined): Finding | undefined {
  if (end?.trace && end.trace.bytes > 0) return undefined;
  return blocked('the job ends with a trace', end ? 'its trace is empty' : 'no final state was reported', end);
}

/** That the lines were printed at all. @param count how many there are */
function printed(evidence: Evidence, count: number): Finding[] {
  if (count === 0) return [];
  const lines = traceLines(evidence).filter((each) => each.startsWith(PRINTED));
  const there = lines.filter((each) => each.slice(PRINTED.length).trim() !== '').length === count;
  const expected = `the trace has the ${counted(count, 'lines')} that the job printed`;
  const found = check(there, expected, lines.join('; ') || 'no such line', jobEnd(evidence));
  return [there ? found : { ...found, verdict: 'blocked' }];
}

function gitAsked(evidence: Evidence): Finding | undefined {
  if (evidence.gitlab('git').length > 0) return undefined;
  return blocked('git asks GitLab for the sources', 'no request of git arrived');
}

/** Looks into the whole trace as GitLab has it at the end, and into each part as it came: a later one may replace it. */
function staysOut(evidence: Evidence, what: string, mark: RegExp): Finding {
  const whole = jobEnd(evidence);
  const parts = evidence.gitlab('trace').map(({ evidence: [seq = 0], body }) => ({ seq, text: body?.text }));
  const found = [{ seq: whole?.seq ?? 0, text: whole?.trace?.text }, ...parts].flatMap(({ seq, text = '' }) =>
    text.split('\n').flatMap((line) => (mark.test(line) ? [{ seq, line }] : [])),
  );
  const [first] = found;
  const seen = first
    ? `it is there: ${first.line.slice(0, 200)}`
    : `${what} is nowhere in the trace of ${counted(whole?.trace?.bytes ?? 0, 'bytes')}`;
  return check(!first, `${what} is nowhere in the trace`, seen, ...found.slice(0, 3), whole);
}
