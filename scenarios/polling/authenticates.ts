import {
  type Axis,
  type AxisValues,
  asWritten,
  behindProxy,
  check,
  configFor,
  counted,
  credentialsAxis,
  credentialsOf,
  type Evidence,
  type Exchange,
  endsAs,
  type Finding,
  headerOf,
  isSuccess,
  isTls,
  jobsEnd,
  makeRequest,
  originForm,
  POLL_INTERVAL_MS,
  POLL_TOLERANCE_MS,
  pollsAfter,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  proxyVariables,
  type RunnerConfig,
  type Stage,
  scenario,
  schemeAxis,
  shortJob,
  throughProxy,
  whilePolling,
} from '../../harness/kit/index.ts';

/** What the ledger writes in place of the right credentials in Basic form. */
const RIGHT = /^basic «proxy-credentials»$/i;
const ANY = /«proxy-(credentials|password)/;

/** What is asked for with the credentials: a job alone, or all that a job takes, and a job again by a new connection. */
const DURING = { values: ['poll', 'job'], default: 'poll' } as const satisfies Axis;
/** Those that are tried by tunnels as well. */
const OF_TUNNELS: ReadonlySet<string> = new Set(['all', 'reserved', 'unencoded', 'no-password']);
const AFRESH = 'connections-cut';

export default scenario({
  id: 'polling/authenticates',
  asks: 'Do the credentials in the proxy URL reach the proxy unchanged?',
  explains:
    'The proxy wants Basic credentials; the runner has them percent-encoded in the URL of its variables. The proxy must be offered exactly that user name and password, the job request must reach GitLab, and GitLab must not see the credentials. With during=job a job runs, then every connection is cut: each request must have the credentials, and so must each connection. With credentials=unencoded they stand in the URL as they are, as far as RFC 3986 lets them; with credentials=lower-case-codes the letters of the percent codes are small. Digest is not tried: the HTTP clients of runners know Basic only, and the page does not mention it.',
  axes: { credentials: credentialsAxis, during: DURING, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) =>
    // Squid's own program for Basic refuses an empty password.
    !(axes['credentials'] === 'no-password' && axes['proxy'] === 'squid') &&
    (axes['credentials'] === 'plain' || (!hasJob(axes) && (!isTls(axes) || OF_TUNNELS.has(axes['credentials'] ?? '')))),
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => [
    'poll',
    ...(hasJob(axes) ? (['script'] as const) : []),
    ...(isTls(axes) ? (['custom-ca'] as const) : []),
  ],
  waits: ({ axes }) => (hasJob(axes) ? 2 * POLL_INTERVAL_MS : 0),
  world: ({ axes }) => ({
    gitlab: { tls: isTls(axes), jobs: hasJob(axes) ? [shortJob] : [] },
    proxy: proxyOf(axes, wanted(axes)),
  }),
  act: (stage) => offers(stage, configured(stage)),
  judge: (evidence, { axes }) => [
    areOffered(evidence),
    ...(hasJob(axes) ? [areOfferedAlways(evidence), endsAs(evidence, 'success'), goesOn(evidence)] : []),
    ...throughProxy(evidence, ['job'], 'job requests'),
    staySecret(evidence),
  ],
  mutants: [
    'logs-proxy-url',
    'never-uses-proxy',
    'proxies-only-http',
    'never-sends-credentials',
    'sends-credentials-once',
    'needs-a-password',
    'decodes-plus-as-space',
    'sends-credentials-to-origin',
    'double-decodes-password',
    'cuts-credentials',
    'decodes-upper-case-codes-only',
    'sends-credentials-encoded',
    'tunnels-to-default-port',
  ],
  control: {
    without: 'the credentials in the URL',
    act: (stage) =>
      offers(
        stage,
        configFor(stage, {
          env: {
            HTTP_PROXY: stage.world.proxy.urlWithoutCredentials,
            HTTPS_PROXY: stage.world.proxy.urlWithoutCredentials,
          },
        }),
      ),
  },
});

const wanted = (axes: AxisValues) => credentialsOf(axes['credentials']);
const hasJob = (axes: AxisValues): boolean => axes['during'] === 'job';

function configured(stage: Stage): RunnerConfig {
  const config = behindProxy(stage);
  const url = asWritten(stage.axes['credentials'], stage.world.proxy);
  return { ...config, env: { ...config.env, ...proxyVariables({ url }) } };
}

/** Makes requests of one kind, or of each kind that a job makes, and then by a new connection. */
async function offers(stage: Stage, config: RunnerConfig): Promise<void> {
  if (!hasJob(stage.axes)) return makeRequest(stage, 'job', config);
  const { world } = stage;
  await whilePolling(stage, config, async () => {
    await jobsEnd(stage);
    // The answer to the job's end must have arrived, or its end would be told again.
    await world.waitFor(
      'a job request after the job',
      (seen) => seen.gitlab('job').length > 1,
      POLL_INTERVAL_MS + POLL_TOLERANCE_MS,
    );
    world.mark(AFRESH, 'every connection to the proxy is cut');
    await world.proxy.restart();
    await world.waitFor(
      'job requests by a new connection',
      (seen) => pollsAfter(seen, AFRESH).filter(isSuccess).length > 1,
      3 * POLL_INTERVAL_MS + POLL_TOLERANCE_MS,
    );
  });
}

/** Whoever asks without credentials first must ask again with them, each time. */
function areOfferedAlways(evidence: Evidence): Finding {
  const asked = evidence.proxy();
  const left = asked.filter(
    (each) =>
      each.status === 407 &&
      !asked.some(
        ({ method, target, status, evidence: [seq = 0] }) =>
          method === each.method && target === each.target && status !== 407 && seq > (each.evidence[0] ?? 0),
      ),
  );
  const [first] = left;
  return check(
    !first,
    'credentials are offered with every request and on every connection, not only the first',
    first
      ? `${counted(left.length, 'requests')} of ${asked.length} got nothing but 407, the first: ${first.method} ${originForm(first.target)}`
      : `each of ${counted(asked.length, 'requests')} got past the proxy, at once or when it was made again`,
    ...left.slice(0, 3),
  );
}

function goesOn(evidence: Evidence): Finding {
  const polls = pollsAfter(evidence, AFRESH).filter(isSuccess);
  return check(
    polls.length > 0,
    'job requests get through the proxy by a new connection',
    `${counted(polls.length, 'job requests')} did`,
    ...polls.slice(0, 1),
  );
}

function areOffered(evidence: Evidence): Finding {
  const offers = evidence.proxy().filter((each) => offer(each) !== undefined);
  const mangled = offers.filter((each) => !RIGHT.test(offer(each) ?? ''));
  const expected = 'the proxy is offered exactly the user name and password of its URL';
  if (offers.length === 0) {
    return check(
      false,
      expected,
      evidence.proxy().length === 0
        ? 'no request reached the proxy'
        : `${counted(evidence.proxy().length, 'requests')} reached the proxy, none with credentials`,
      ...evidence.proxy().slice(0, 3),
    );
  }
  const seen =
    mangled.length > 0
      ? `${mangled.length} of ${counted(offers.length, 'offers')} had something else: ${offer(mangled[0])}`
      : `${counted(offers.length, 'requests')} had them in Proxy-Authorization`;
  return check(mangled.length === 0, expected, seen, ...(mangled.length > 0 ? mangled : offers).slice(0, 3));
}

const offer = (each: Exchange | undefined): string | undefined => each && headerOf(each.headers, 'Proxy-Authorization');

function staySecret(evidence: Evidence): Finding {
  const told = evidence
    .gitlab()
    .filter(
      ({ headers, target, body }) =>
        headerOf(headers, 'Proxy-Authorization') !== undefined ||
        headers.some(([, value]) => ANY.test(value)) ||
        ANY.test(target) ||
        ANY.test(body?.text ?? ''),
    );
  return check(
    told.length === 0,
    'GitLab does not get the credentials of the proxy',
    told.length === 0 ? 'GitLab saw nothing of them' : `${counted(told.length, 'requests')} at GitLab had them`,
    ...told.slice(0, 3),
  );
}
