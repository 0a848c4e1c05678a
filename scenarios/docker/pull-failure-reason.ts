import {
  type AxisValues,
  check,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Fault,
  type Finding,
  HOST_TOOLS,
  jobEnd,
  jobTaken,
  nothingDirect,
  scenario,
  traceLines,
} from '../../harness/kit/index.ts';
import { asUser, pullBoth } from './_pulls.ts';

/** Why a pull fails, and what every Docker from 20.10 on says of it. */
interface Failure {
  readonly says: string;
  readonly words: RegExp;
  /** What the proxy does. */
  readonly fault?: Fault;
  /** What stands in the daemon's variables instead of the proxy's URL. */
  readonly url?: (proxyUrl: string) => string;
}

/** Only tunnels to the registry: the runner reaches GitLab by the same proxy. */
const refusing = (status: number): Fault => ({ fault: 'answer', status, on: 'connect', line: 'registry.test' });

const FAILURES = {
  '407': {
    says: 'the proxy refuses the account',
    words: /Proxy Authentication Required/,
    url: (proxyUrl: string) => asUser(proxyUrl, 'nobody'),
  },
  '403': { says: 'the proxy forbids it', words: /Forbidden/, fault: refusing(403) },
  '503': {
    says: 'the proxy cannot serve it',
    words: /Service Unavailable/,
    fault: refusing(503),
  },
  refused: {
    says: "nobody listens on the proxy's port",
    words: /proxyconnect tcp: dial tcp .*connection refused/,
    url: () => 'http://127.0.0.1:1',
  },
  name: {
    says: "nobody knows the proxy's name",
    words: /proxyconnect tcp: dial tcp: .*nowhere\.invalid/,
    url: () => 'http://nowhere.invalid:3128',
  },
  x509: { says: 'the daemon does not trust the certificate', words: /x509: certificate signed by unknown authority/ },
} as const satisfies Readonly<Record<string, Failure>>;

const failureOf = (axes: AxisValues): Failure => FAILURES[axes['failure'] as keyof typeof FAILURES];

/** What is said of an image that is not there, or not for everybody. */
const BLAMES_IMAGE = /manifest unknown|manifest for .* not found|repository does not exist|pull access denied/;

export default scenario({
  id: 'docker/pull-failure-reason',
  asks: 'Does a job whose image cannot be pulled because of the proxy say so?',
  explains:
    "The engine has the page's variables and no image; the registry speaks https behind the proxy. Pulling the job's image must fail: the proxy refuses the daemon's account (407), answers its CONNECT with 403 or 503, does not listen, has a name that nobody knows, or all is well but the daemon does not trust the registry's certificate (x509). The job must fail, its log must have the engine's own words for the reason, and must not say that the image is missing.",
  axes: { failure: { values: Object.keys(FAILURES) } },
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker'],
  work: 4_000,
  world: ({ axes }) => ({
    gitlab: {},
    proxy: { kind: 'basic' },
    registry: { tls: true, auth: 'none', holds: [{ repository: HOST_TOOLS.job, image: 'small' }] },
    docker: {
      images: 'none',
      environment: (url) => {
        const given = failureOf(axes).url?.(url) ?? url;
        return { HTTP_PROXY: given, HTTPS_PROXY: given };
      },
    },
  }),
  act: async (stage) => {
    const { fault } = failureOf(stage.axes);
    using _ = fault && stage.world.proxy.inject(fault);
    await pullBoth(stage, { job: HOST_TOOLS.job, helper: HOST_TOOLS.job });
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    const { says, words } = failureOf(axes);
    return [endsAs(evidence, 'failed'), saysWhy(evidence, says, words), blamesNoImage(evidence)];
  },
  mutants: ['docker-blames-image', 'docker-never-pulls'],
});

function saysWhy(evidence: Evidence, says: string, words: RegExp): Finding {
  const lines = traceLines(evidence);
  const found = lines.find((line) => words.test(line));
  const last = lines.findLast((line) => /pull/i.test(line)) ?? 'nothing of a pull';
  return check(
    found !== undefined,
    `the log of the job says why: ${says}`,
    `it says: ${(found ?? last).trim()}`,
    jobEnd(evidence),
  );
}

function blamesNoImage(evidence: Evidence): Finding {
  const found = traceLines(evidence).find((line) => BLAMES_IMAGE.test(line));
  return check(
    found === undefined,
    'it does not say that the image is missing',
    found === undefined ? 'it does not' : `it says: ${found.trim()}`,
    jobEnd(evidence),
  );
}
