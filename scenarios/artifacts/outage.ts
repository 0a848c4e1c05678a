import {
  type AxisValues,
  answersWith,
  check,
  configFor,
  counted,
  dockerConfig,
  dockerNeeds,
  type Evidence,
  endsAs,
  type Fault,
  type Finding,
  failJobProxy,
  isDuring,
  type JobSpec,
  jobEnvironment,
  jobOutageMet,
  jobsEnd,
  jobTaken,
  nothingDirect,
  outageOf,
  type Stage,
  scenario,
  whilePolling,
} from '../../harness/kit/index.ts';

/** What the proxy does to the helper. */
const OUTAGES = {
  'answers-502': answersWith(502, '/artifacts'),
  refuses: { fault: 'refuse' },
  resets: { fault: 'reset', when: 'on-request' },
} as const satisfies Readonly<Record<string, Fault>>;
type OutageName = keyof typeof OUTAGES;
const OUTAGE_NAMES = Object.keys(OUTAGES) as OutageName[];
const outageNameOf = (axes: AxisValues): OutageName =>
  OUTAGE_NAMES.find((each) => each === axes['outage']) ?? 'answers-502';

const uploads = (axes: AxisValues): boolean => axes['at'] === 'upload';

const jobOf = (axes: AxisValues): JobSpec =>
  uploads(axes)
    ? { script: ['mkdir dist && echo proxyproof > dist/file'], artifacts: ['dist/'] }
    : { downloads: true, script: ['grep "Made by job" from-earlier-job.txt'] };

/** The helper tries three times and more, with pauses. */
const LIMIT_MS = 90_000;

export default scenario({
  id: 'artifacts/outage',
  asks: "When the proxy fails a job's artifacts, does the helper stay behind it?",
  explains:
    "The runner's own requests go by one proxy, which is well; a job in Docker is given another by the page's `environment`. That one answers the helper's upload, or its download, with 502, refuses connections, or resets them at a request. The helper may try again as often as it likes, but nothing may bypass the proxy, nothing of the transfer may reach GitLab meanwhile, and the job must be reported as failed. Then the proxy is well again, and the next job must succeed with its artifacts through it.",
  axes: { at: { values: ['upload', 'download'] }, outage: { values: OUTAGE_NAMES, default: 'answers-502' } },
  where: (axes) => uploads(axes) || outageNameOf(axes) === 'answers-502',
  needs: () => dockerNeeds(),
  abilities: ({ axes }) => ['poll', 'docker', 'environment', uploads(axes) ? 'upload' : 'download'],
  work: 12_000,
  world: () => ({ docker: {}, proxy: { kind: 'basic' }, standby: { kind: 'basic' }, gitlab: {} }),
  act: (stage) => failAndRecover(stage, OUTAGES[outageNameOf(stage.axes)]),
  judge: (evidence, { axes }) => {
    const needed = jobTaken(evidence) ?? jobOutageMet(evidence, 'the helper');
    if (needed) return [needed, nothingDirect(evidence)];
    return [
      nothingDirect(evidence),
      nothingMoves(evidence, axes),
      endsAs(evidence, 'failed'),
      endsAs(evidence, 'success', 1),
    ];
  },
  mutants: ['docker-artifacts-retry-directly', 'docker-artifacts-direct', 'docker-omits-helper'],
  control: { without: 'the outage', act: (stage) => failAndRecover(stage, undefined) },
});

/** Runs a job whose artifacts the proxy fails, and one for which nothing is wrong. */
async function failAndRecover(stage: Stage, fault: Fault | undefined): Promise<void> {
  const { world, axes } = stage;
  const config = configFor(stage, {
    environment: jobEnvironment(world.standby.url),
    docker: dockerConfig(stage),
  });
  await whilePolling(stage, config, async () => {
    const end = fault && failJobProxy(world, fault);
    world.gitlab.queue(jobOf(axes));
    await jobsEnd(stage, 1, LIMIT_MS);
    end?.();
    world.gitlab.queue(jobOf(axes));
    await jobsEnd(stage, 2, LIMIT_MS);
  });
}

function nothingMoves(evidence: Evidence, axes: AxisValues): Finding {
  const kind = uploads(axes) ? 'upload' : 'download';
  const outage = outageOf(evidence);
  const arrived = evidence.gitlab(kind).filter((each) => outage && isDuring(each, outage));
  return check(
    arrived.length === 0,
    `no ${kind} reaches GitLab while its proxy fails`,
    arrived.length === 0 ? 'none did' : `${counted(arrived.length, 'requests')} did`,
    ...arrived.slice(0, 3),
  );
}
