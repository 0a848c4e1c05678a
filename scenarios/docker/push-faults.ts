import {
  buildContext,
  counted,
  dindAbilities,
  dindWorld,
  dockerBuild,
  dockerNeeds,
  dockerVersions,
  type Evidence,
  type Fault,
  type Finding,
  isSuccess,
  JOB_LIMIT_MS,
  jobEnd,
  jobsEnd,
  jobTaken,
  measured,
  PUSH_SAYS,
  registryLogin,
  registryWrites,
  reportedPush,
  runWithDind,
  type Stage,
  scenario,
  showDockerVersions,
  traceLines,
} from '../../harness/kit/index.ts';

const MIB = 1024 * 1024;

/** One that is in the way of a limit, and of a connection that breaks off. */
const LAYER_BYTES = 8 * MIB;

/** Docker tries an upload five times, with pauses of 5, 10, 15 and 20 s, which no setting changes. */
const RETRIES_MS = 50_000;
/** What is tried again to the end; Docker 20.10 gives up at once where the proxy answers, later ones do not. */
const RETRIED: ReadonlySet<string> = new Set(['reset-ever', 'body-limit', 'no-chunked']);

/** What a proxy does wrong, how long, and what people call it. */
interface Trouble {
  readonly fault: Fault;
  /** It is over when it has struck a request to the registry. */
  readonly once?: boolean;
  readonly says: string;
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  '407': {
    // Always the first piece of a layer: a fault that begins once an upload is seen may come after it, and strike what ends the upload.
    fault: { fault: 'answer', status: 407, on: 'forward', line: 'PATCH ' },
    once: true,
    says: 'a proxy that asks for credentials anew in the middle of a push',
  },
  reset: {
    fault: { fault: 'reset', when: { atByte: MIB, direction: 'up' } },
    once: true,
    says: 'a connection that is reset after 1 MiB of a layer, once',
  },
  'reset-ever': {
    fault: { fault: 'reset', when: { atByte: MIB, direction: 'up' } },
    says: 'a proxy or firewall that resets every upload after 1 MiB',
  },
  slow: { fault: { fault: 'slow', bytesPerSecond: 2 * MIB }, says: 'a line of 2 MiB a second' },
  'body-limit': {
    fault: { fault: 'body-limit', bytes: MIB },
    says: 'a content filter that takes request bodies of 1 MiB at most',
  },
  'no-chunked': {
    fault: { fault: 'no-chunked' },
    says: 'a proxy that wants a Content-Length, which the chunks of a layer do not have',
  },
};

export default scenario({
  id: 'docker/push-faults',
  asks: 'What does docker push do when the proxy misbehaves in the middle of it?',
  explains: `As docker/push-through-proxy, through a proxy that does one thing wrong while a layer of ${LAYER_BYTES / MIB} MiB is pushed. The answer is whether the push succeeded, how long it took, how often a layer was sent, and the last thing the docker CLI said.`,
  axes: { fault: { values: Object.keys(TROUBLES) } },
  needs: () => dockerNeeds(),
  abilities: () => dindAbilities,
  waits: ({ axes }) => (RETRIED.has(axes['fault'] ?? '') ? RETRIES_MS : 0),
  work: 10_000,
  world: () => dindWorld({ axes: { proxy: 'basic' } }),
  act: async (stage) => {
    const script = [
      showDockerVersions,
      ...buildContext([LAYER_BYTES]),
      dockerBuild('classic'),
      registryLogin,
      reportedPush('classic'),
    ];
    await runWithDind(stage, { script }, () => strike(stage));
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    const trouble = TROUBLES[axes['fault'] ?? ''];
    return untaken ? [untaken] : [whatItDid(evidence, trouble?.says ?? '')];
  },
  mutants: [],
});

async function strike(stage: Stage): Promise<void> {
  const { world, axes } = stage;
  const trouble = TROUBLES[axes['fault'] ?? ''];
  if (!trouble) throw new Error(`There is no such fault: ${axes['fault']}.`);
  {
    using _ = world.proxy.inject(trouble.fault);
    if (trouble.once) await world.waitFor('the fault to strike', hasStruck, JOB_LIMIT_MS);
    else await jobsEnd(stage);
  }
  await jobsEnd(stage);
}

const hasStruck = (seen: Evidence): boolean =>
  seen.of('fault').some(({ state, detail }) => state === 'struck' && detail?.includes('/v2/'));

function whatItDid(evidence: Evidence, trouble: string): Finding {
  const lines = traceLines(evidence);
  const [, done, seconds] = lines.map((line) => PUSH_SAYS.pushed.exec(line)).find((found) => found) ?? [];
  const last = lines.map((line) => PUSH_SAYS.last.exec(line)?.[1]).find((found) => found);
  const sent = evidence.proxy().filter(({ method, target }) => method === 'PATCH' && /\/blobs\/uploads\//.test(target));
  const stored = registryWrites(evidence).some((each) => /\/manifests\//.test(each.target) && isSuccess(each));
  const end = done === undefined ? 'the push came to no end' : `the push was ${done} after ${seconds} s`;
  return measured(
    `what docker push does with ${trouble}`,
    `with ${dockerVersions(evidence)}, ${end}; blobs were sent ${counted(sent.length, 'times')}, the registry ${stored ? 'has' : 'does not have'} the image, and the CLI said last: ${last ?? 'nothing'}`,
    ...sent.slice(0, 3),
    ...evidence
      .of('fault')
      .filter(({ state }) => state === 'struck')
      .slice(0, 3),
    jobEnd(evidence),
  );
}
