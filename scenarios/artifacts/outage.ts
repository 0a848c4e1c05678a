import {
  type AxisValues,
  answersWith,
  behindProxy,
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
  isAfter,
  isDuring,
  isInDocker,
  isSuccess,
  type JobSpec,
  jobEnd,
  jobEnvironment,
  jobOutageMet,
  jobsEnd,
  jobTaken,
  nothingDirect,
  outageOf,
  type Stage,
  scenario,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';

/** What there is to download where it is cut, and how much of it passes before that. */
const CONTENT_BYTES = 256 * 1024;
const CUT_AT_BYTE = 128 * 1024;

/** What the proxy does to the helper. */
const OUTAGES = {
  'answers-502': answersWith(502, '/artifacts'),
  refuses: { fault: 'refuse' },
  resets: { fault: 'reset', when: 'on-request' },
  /** Nothing else that a proxy passes on here is as long. */
  cuts: { fault: 'close', when: { atByte: CUT_AT_BYTE, direction: 'down' }, times: 1 },
} as const satisfies Readonly<Record<string, Fault>>;
type OutageName = keyof typeof OUTAGES;
const OUTAGE_NAMES = Object.keys(OUTAGES) as OutageName[];
const outageNameOf = (axes: AxisValues): OutageName =>
  OUTAGE_NAMES.find((each) => each === axes['outage']) ?? 'answers-502';

const uploads = (axes: AxisValues): boolean => axes['at'] === 'upload';

const isCut = (axes: AxisValues): boolean => outageNameOf(axes) === 'cuts';

/** @param looks whether its script looks at what it downloads; otherwise it succeeds whenever it is run at all */
function jobOf(axes: AxisValues, looks: boolean): JobSpec {
  if (uploads(axes)) return { script: ['mkdir -p dist && echo proxyproof > dist/file'], artifacts: ['dist/'] };
  if (isCut(axes)) {
    const says = 'sha256sum -c SHA256SUMS';
    return { downloads: { bytes: CONTENT_BYTES }, script: [looks ? says : `${says} || true`] };
  }
  return { downloads: true, script: [looks ? 'grep "Made by job" from-earlier-job.txt' : 'true'] };
}

/** The helper tries three times and more, with pauses. */
const LIMIT_MS = 90_000;

export default scenario({
  id: 'artifacts/outage',
  asks: "When the proxy fails a job's artifacts, does the helper stay behind it?",
  explains: `The runner's own requests go by one proxy, which is well; a job in Docker is given another by the page's \`environment\`. That one answers the helper's upload, or its download, with 502, refuses connections, or resets them at a request. The helper may try again as often as it likes, but nothing may bypass the proxy, nothing of the transfer may reach GitLab meanwhile, and the job must be reported as failed, though its script would succeed without the download. Then the proxy is well again, and the next job must succeed with its artifacts through it. With executor=shell there is one proxy, and it fails the artifacts alone. With outage=cuts it closes the connection once, after ${CUT_AT_BYTE / 1024} KiB of a download of ${CONTENT_BYTES / 1024} KiB. If it is tried again, the job must have the file that was sent, by its SHA-256, and succeed; if not, it must be reported as failed.`,
  axes: {
    at: { values: ['upload', 'download'] },
    outage: { values: OUTAGE_NAMES, default: 'answers-502' },
    executor: { values: ['docker', 'shell'], default: 'docker' },
  },
  where: (axes) => {
    if (isCut(axes)) return !uploads(axes);
    return outageNameOf(axes) === 'answers-502' || (uploads(axes) && isInDocker(axes));
  },
  needs: ({ axes }) => (isInDocker(axes) ? dockerNeeds() : []),
  abilities: ({ axes }) => [
    'poll',
    ...(isInDocker(axes) ? (['docker', 'environment'] as const) : []),
    uploads(axes) ? 'upload' : 'download',
  ],
  work: 12_000,
  world: ({ axes }) => ({
    proxy: { kind: 'basic' },
    gitlab: {},
    ...(isInDocker(axes) ? { docker: {}, standby: { kind: 'basic' } as const } : {}),
  }),
  act: (stage) => failAndRecover(stage, OUTAGES[outageNameOf(stage.axes)]),
  judge: (evidence, { axes }) => {
    const needed = jobTaken(evidence) ?? jobOutageMet(evidence, 'the helper');
    if (needed) return [needed, nothingDirect(evidence)];
    return [
      nothingDirect(evidence),
      ...(isCut(axes) ? arrivesWhole(evidence) : [nothingMoves(evidence, axes), endsAs(evidence, 'failed')]),
      endsAs(evidence, 'success', 1),
    ];
  },
  mutants: [
    'docker-artifacts-retry-directly',
    'docker-artifacts-direct',
    'docker-omits-helper',
    'goes-on-without-artifacts',
    'succeeds-without-upload',
    'adds-to-cut-download',
    'unpacks-cut-artifacts',
    'reports-success-for-failed-job',
    'sends-credentials-once',
    'goes-direct-for-uploads-when-proxy-fails',
    'goes-direct-when-proxy-breaks-off',
  ],
  control: { without: 'the outage', act: (stage) => failAndRecover(stage, undefined) },
});

/** Runs a job whose artifacts the proxy fails, and one for which nothing is wrong. */
async function failAndRecover(stage: Stage, fault: Fault | undefined): Promise<void> {
  const { world, axes } = stage;
  const inDocker = isInDocker(axes);
  const config = inDocker
    ? configFor(stage, { environment: jobEnvironment(world.standby.url), docker: dockerConfig(stage) })
    : behindProxy(stage);
  const failing = { standby: inDocker ? world.standby : world.proxy, mark: world.mark };
  await whilePolling(stage, config, async () => {
    const end = fault && failJobProxy(failing, fault);
    world.gitlab.queue(jobOf(axes, false));
    await jobsEnd(stage, 1, LIMIT_MS);
    end?.();
    world.gitlab.queue(jobOf(axes, true));
    await jobsEnd(stage, 2, LIMIT_MS);
  });
}

/** That a download that was cut, and is tried again, is what was sent; one that is given up fails the job. */
function arrivesWhole(evidence: Evidence): Finding[] {
  const [cut] = evidence.of('fault').filter(({ state }) => state === 'struck');
  const outage = outageOf(evidence);
  const again = evidence
    .gitlab('download')
    .find((each) => cut && outage && isAfter(each, cut) && isDuring(each, outage) && isSuccess(each));
  if (!again) return [endsAs(evidence, 'failed')];
  const whole = traceLines(evidence).includes('random: OK');
  const ends = endsAs(evidence, 'success');
  const seen = whole ? 'it found that file' : 'it found another, or none';
  return [
    check(
      whole && ends.verdict === 'holds',
      'the job, which has its download tried again, finds in it the file that was sent, by its SHA-256, and is reported as success',
      `${ends.observed}; ${seen}`,
      again,
      jobEnd(evidence),
    ),
  ];
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
