import type { SystemdHost } from '../../containers/host/index.ts';
import { plainLine } from '../../diagnosis/documents/log/plain.ts';
import type { Who } from '../../diagnosis/failures/failure.ts';
import { finishedJobs, innerContainer, runHostJob } from '../../kit/host/jobs.ts';
import { traceLines } from '../../kit/job/trace.ts';
import type { World } from '../../world/world.ts';
import { DONE, jobOf, PROJECT } from '../machine/job.ts';
import { DOCKER0 } from '../plan/endpoints.ts';
import type { CasePlan } from '../plan/plan.ts';
import { limit, proxyDoes } from './elsewhere.ts';
import { explainFailure } from './explain.ts';
import { registerCommand, registrationSays } from './registration.ts';
import { STEP_WORDS, type StepResult, type Trial, type TrialStep } from './step.ts';

/** Real milliseconds that a request for a job may take to come; a runner with an interval of 0 asks every 3 s. */
const POLL_LIMIT_MS = 15_000;
/** Seconds that a pull may take, and what an administrator tries by hand. */
const PULL_LIMIT_S = 120;
const GATEWAY_LIMIT_S = 20;
const REGISTER_LIMIT_S = 60;

/** What a trial works with. */
export interface TrialStage {
  readonly world: World;
  readonly host: SystemdHost;
  readonly plan: CasePlan;
  /** The image that the host's Docker pulls. */
  readonly image: string;
  /** Where a job pushes. */
  readonly push: string;
}

/** What came of one thing: nothing where it worked, else who failed and what was said, the last words first. */
type Outcome = { readonly who: Who; readonly texts: readonly string[]; readonly notStarted?: true } | undefined;

/** Tries out what should be possible, in its order, until something is not. */
export async function tryMachine(stage: TrialStage): Promise<Trial> {
  const steps: StepResult[] = [];
  using _ = proxyDoes(stage.world, stage.plan.elsewhere);
  for (const [step, work] of TRIED) {
    if (!isDue(step, stage.plan)) continue;
    const result = await once(stage, step, work);
    steps.push(result);
    if (result.failure) return { steps, failed: { ...result, failure: result.failure } };
  }
  return { steps };
}

/** Whether there is anything to try in a step. */
const isDue = (step: TrialStep, { local, inner: makesContainers, registers }: CasePlan): boolean =>
  step === 'gateway'
    ? local !== undefined
    : step === 'register'
      ? registers !== undefined
      : step !== 'inner' || makesContainers;

async function once(
  stage: TrialStage,
  step: TrialStep,
  work: (stage: TrialStage) => Promise<Outcome>,
): Promise<StepResult> {
  const { ledger } = stage.world;
  const from = ledger.events.at(-1)?.seq ?? 0;
  const outcome = await work(stage);
  const until = (ledger.events.at(-1)?.seq ?? 0) + 1;
  const span = [from, until] as const;
  if (!outcome) return { step, says: STEP_WORDS[step], span };
  const failure = outcome.notStarted
    ? ({ who: outcome.who, kind: 'not-started', text: outcome.texts[0] ?? '' } as const)
    : explainFailure(stage.world.evidence, { from, until }, outcome.who, outcome.texts, proxiesOf(stage.plan));
  return { step, says: `${STEP_WORDS[step]}: it fails`, failure, span };
}

const TRIED: readonly (readonly [TrialStep, (stage: TrialStage) => Promise<Outcome>])[] = [
  ['services', services],
  ['gateway', gateway],
  ['pull', pull],
  ['register', register],
  ['poll', poll],
  ['job', job],
  ['inner', inner],
];

const proxiesOf = ({ proxies, local }: CasePlan): readonly string[] =>
  [...proxies, ...(local ? [local, { host: DOCKER0 }] : [])].map(({ host }) => host);

const lastLines = (text: string): readonly string[] => text.trim().split('\n').filter(Boolean).reverse().slice(0, 20);

/** What a program says of why it ends comes before what systemd says of that. */
const telling = (lines: readonly string[]): readonly string[] =>
  lines.toSorted((one, other) => Number(TELLS.test(other)) - Number(TELLS.test(one)));
const TELLS =
  /failed to start daemon|unable to configure|level=fatal|fatal|cannot bind|no proxy service ports|exitting with error/i;

async function services({ host, plan }: TrialStage): Promise<Outcome> {
  const asked = ['docker', 'gitlab-runner', ...(plan.local ? ['cntlm'] : [])];
  for (const unit of asked) {
    const { stdout } = await host.run(['systemctl', 'is-active', unit]);
    if (stdout.trim() === 'active' || stdout.trim() === 'activating') continue;
    const { stdout: said } = await host.run([
      'journalctl',
      '--unit',
      unit,
      '--lines',
      '60',
      '--no-pager',
      '--output',
      'cat',
    ]);
    return {
      who: unit === 'docker' ? 'daemon' : unit === 'cntlm' ? 'client' : 'runner',
      texts: telling(lastLines(said)),
      notStarted: true,
    };
  }
  return undefined;
}

/** By the page's own way: through the proxy on docker0, without credentials. GitLab's 401 says that it was GitLab. */
async function gateway({ host, plan }: TrialStage): Promise<Outcome> {
  const url = `${plan.gitlab.url}/${PROJECT}.git/info/refs?service=git-upload-pack`;
  const proxy = `http://${DOCKER0}:${plan.local?.port}`;
  const { code, stdout, stderr } = await host.run([
    ...[
      'timeout',
      String(GATEWAY_LIMIT_S),
      'curl',
      '-sS',
      '-o',
      '/dev/null',
      '-w',
      'status %{http_code}',
      '--proxy',
      proxy,
      url,
    ],
  ]);
  return code === 0 && stdout.endsWith('status 401')
    ? undefined
    : { who: 'client', texts: lastLines(`${stdout}\n${stderr}`) };
}

async function pull({ host, image }: TrialStage): Promise<Outcome> {
  const { code, stderr } = await host.run(['timeout', String(PULL_LIMIT_S), 'docker', 'pull', '--quiet', image], {
    limitMs: (PULL_LIMIT_S + 10) * 1000,
  });
  return code === 0 ? undefined : { who: 'daemon', texts: lastLines(stderr) };
}

/** As somebody does it at a prompt of root's, after a login. */
async function register({ host, plan, world }: TrialStage): Promise<Outcome> {
  if (!plan.registers) return undefined;
  const command = registerCommand(plan.registers, plan.gitlab.url, world.gitlab.tokens);
  const { code, stdout, stderr } = await host.run(
    ['timeout', String(REGISTER_LIMIT_S), 'su', '--login', 'root', '--command', command],
    { limitMs: (REGISTER_LIMIT_S + 10) * 1000 },
  );
  return code === 0 ? undefined : { who: 'register', texts: registrationSays(lastLines(`${stdout}\n${stderr}`)) };
}

async function poll({ world, plan }: TrialStage): Promise<Outcome> {
  using _ = limit(world, plan.elsewhere);
  const since = world.ledger.events.at(-1)?.seq ?? 0;
  const seen = await world.waitFor(
    'a request for a job',
    (evidence) => {
      const arrived = evidence
        .gitlab('job')
        .some(({ status = 600, evidence: [seq = 0] }) => status < 400 && seq > since);
      const complaints = evidence.logs(/Checking for jobs\.\.\. ?(failed|forbidden)/).filter(({ seq }) => seq > since);
      return arrived ? 'arrived' : complaints.length > 1 ? 'failed' : undefined;
    },
    POLL_LIMIT_MS,
  );
  if (seen === 'arrived') return undefined;
  const said = world.evidence
    .logs(/Checking for jobs|Failed to load config|ERROR|error/)
    .filter(({ seq }) => seq > since);
  return { who: 'runner', texts: said.map(({ line, fields }) => String(fields?.['status'] ?? line)).reverse() };
}

async function job(stage: TrialStage): Promise<Outcome> {
  const { world, plan, push } = stage;
  const nth = finishedJobs(world.evidence);
  await runHostJob({ world }, jobOf(plan.job, push, plan.distrusting));
  const end = world.evidence.of('job').filter(({ what }) => what === 'finished')[nth];
  const lines = traceLines(world.evidence, nth).map((line) => plainLine(line).trimEnd());
  if (end?.state === 'success' && lines.includes(DONE)) return undefined;
  return {
    who: 'tool',
    texts: lines
      .filter((line) => line.trim() !== '' && !/^(?:ERROR: Job failed: exit|Cleaning up project directory)/.test(line))
      .reverse(),
  };
}

/** What the last job said of a container that its docker CLI made. */
async function inner({ world }: TrialStage): Promise<Outcome> {
  const found = innerContainer(world.evidence, finishedJobs(world.evidence) - 1);
  return found?.hasProxy ? undefined : { who: 'docker-cli', texts: [found?.line ?? 'the job made no container'] };
}
