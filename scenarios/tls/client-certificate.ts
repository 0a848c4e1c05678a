import {
  type AxisValues,
  blocked,
  check,
  counted,
  type Evidence,
  type Exchange,
  type Finding,
  gitAbilities,
  gitNeeds,
  interceptorOf,
  isAfter,
  isSuccess,
  jobsEnd,
  jobTaken,
  makeRequest,
  pageSources,
  placeCa,
  type RunnerConfig,
  requestAbilities,
  requestJobs,
  START_LIMIT_MS,
  type Stage,
  scenario,
  type WorldSpec,
  whilePolling,
} from '../../harness/kit/index.ts';
import {
  type PlacedClientCertificate,
  placeClientCertificate,
  RUNNERS_NAME,
  shownWith,
} from './_client-certificate.ts';
import { cloneWorld } from './_git.ts';

/** Who shows it: the runner, as it polls; git and the upload of artifacts in a job; `renewed`: it is another one meanwhile. */
const OF = { values: ['polling', 'clone', 'upload', 'renewed'], default: 'polling' } as const;
type Of = (typeof OF)['values'][number];
const ofOf = (axes: AxisValues): Of => OF.values.find((each) => each === axes['of']) ?? OF.default;

/** The requests that are looked at. */
const REQUEST = { polling: 'job', clone: 'git', upload: 'upload', renewed: 'job' } as const;

const HTTPS = { scheme: 'https' } as const;
const RENEWED = 'another-certificate';
const RENEWED_NAME = `${RUNNERS_NAME}, renewed`;

function world(axes: AxisValues): WorldSpec {
  const proxy = interceptorOf(axes, 'all-but-gitlab');
  const { gitlab, ...others }: WorldSpec =
    ofOf(axes) === 'clone'
      ? cloneWorld(proxy)
      : { gitlab: { tls: true, jobs: ofOf(axes) === 'upload' ? requestJobs('upload') : [] }, proxy };
  return { ...others, gitlab: { ...gitlab, clientCertificate: 'required' } };
}

export default scenario({
  id: 'tls/client-certificate',
  asks: 'Does the runner show GitLab the certificate that it is given, and do its jobs?',
  explains:
    "GitLab wants a certificate of each client, as nginx with ssl_verify_client, and answers 400 to whoever shows none. The proxy opens the TLS of others, and leaves GitLab's own tunnels as they are. The runner has a certificate in tls-cert-file and tls-key-file, and polls, or runs a job that clones or uploads artifacts: what it hands the job in CI_SERVER_TLS_CERT_FILE and CI_SERVER_TLS_KEY_FILE must be enough for git, and for the program that uploads. With of=renewed the files get another certificate while the runner polls, and all connections are cut: the next ones must show the new one. What becomes of it where GitLab's tunnels are opened is tls/mutual.",
  axes: { of: OF },
  needs: ({ axes }) => (ofOf(axes) === 'clone' ? gitNeeds({ axes: HTTPS }) : []),
  abilities: ({ axes }) => [
    ...abilitiesOf(ofOf(axes)),
    'custom-ca',
    'client-certificate',
    ...(ofOf(axes) === 'renewed' ? (['check-interval'] as const) : []),
  ],
  work: 1_000,
  world: ({ axes }) => world(axes),
  act: async (stage) => {
    const placed = await placeClientCertificate(stage);
    return run(stage, placed.config, placed);
  },
  judge: (evidence, { axes }) => {
    const isOfJob = ofOf(axes) === 'clone' || ofOf(axes) === 'upload';
    const untaken = isOfJob && shows(evidence, evidence.gitlab('job')) ? jobTaken(evidence) : undefined;
    if (untaken) return [untaken];
    return ofOf(axes) === 'renewed' ? showsRenewed(evidence) : [showsIt(evidence, REQUEST[ofOf(axes)])];
  },
  mutants: ['presents-no-certificate', 'hands-jobs-no-certificate', 'reads-client-certificate-once'],
  control: { without: 'the certificate', act: (stage) => run(stage, {}) },
});

function abilitiesOf(of: Of) {
  if (of === 'clone') return gitAbilities({ axes: HTTPS }, 'get-sources-hook', 'environment');
  return requestAbilities(of === 'upload' ? 'upload' : 'job');
}

async function run(
  stage: Stage,
  client: Pick<RunnerConfig, 'clientCertificate'>,
  placed?: PlacedClientCertificate,
): Promise<void> {
  const { axes, world } = stage;
  const { config: trusting } = await placeCa(stage, 'tls-ca-file', world.gitlab.caPem ?? '');
  const config = { ...trusting, ...client };
  if (ofOf(axes) === 'clone') return whilePolling(stage, { ...config, ...pageSources(stage) }, () => jobsEnd(stage));
  if (ofOf(axes) === 'upload') return whilePolling(stage, config, () => jobsEnd(stage));
  if (ofOf(axes) === 'renewed' && placed) return renew(stage, config, placed);
  return makeRequest(stage, 'job', config);
}

async function renew(stage: Stage, config: RunnerConfig, placed: PlacedClientCertificate): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, config, async () => {
    const polls = (seen: Evidence): boolean => seen.gitlab('job').some(isSuccess);
    if (!(await world.waitFor('an answer to a job request', polls, START_LIMIT_MS))) return;
    await placed.renew(RENEWED_NAME);
    await world.proxy.restart();
    world.mark(RENEWED, "the runner's files have another certificate, and every connection has been cut");
    await world.waitFor('an answer to a job request', (seen) => sinceRenewal(seen).length > 0, START_LIMIT_MS);
  });
}

/** Answered requests for jobs that came once the files had another certificate. */
function sinceRenewal(evidence: Evidence): readonly Exchange[] {
  const renewed = evidence.mark(RENEWED);
  if (!renewed) return [];
  return evidence.gitlab('job').filter((each) => each.answered !== undefined && isAfter(each, renewed));
}

const shows = (evidence: Evidence, requests: readonly Exchange[]): boolean =>
  requests.every((each) => shownWith(evidence, each)?.verified);

function showsIt(evidence: Evidence, kind: 'job' | 'git' | 'upload'): Finding {
  const requests = evidence.gitlab(kind);
  // A runner that gets no job, since GitLab refuses its requests, asks for nothing else.
  const asked = requests.length > 0 ? requests : evidence.gitlab('job').filter(({ status }) => status === 400);
  if (asked.length === 0) return blocked(`${kind} requests reach GitLab`, 'none did');
  return showing(evidence, asked, RUNNERS_NAME);
}

function showsRenewed(evidence: Evidence): readonly Finding[] {
  const first = showsIt(evidence, 'job');
  if (!evidence.mark(RENEWED)) return [first];
  const later = sinceRenewal(evidence);
  if (later.length === 0) return [blocked('the runner polls on once its connections were cut', 'it did not')];
  return [showing(evidence, later, RENEWED_NAME)];
}

/** That GitLab took the certificate of a name on every connection by which requests came. */
function showing(evidence: Evidence, requests: readonly Exchange[], name: string): Finding {
  const wrong = requests.find((each) => {
    const shown = shownWith(evidence, each);
    return !shown?.verified || shown.subject !== name;
  });
  const shown = wrong && shownWith(evidence, wrong);
  return check(
    wrong === undefined,
    `the certificate of ${name} is shown to GitLab`,
    wrong
      ? `${wrong.method} ${wrong.target} came with ${shown?.subject === undefined ? 'no certificate' : `that of ${shown.subject}`}, and was answered ${wrong.status ?? 'nothing'}`
      : `it was, with all ${counted(requests.length, 'requests')}`,
    ...[wrong ?? requests[0], shown].filter((each) => each !== undefined),
  );
}
