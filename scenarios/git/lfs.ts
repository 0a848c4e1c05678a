import { createHash } from 'node:crypto';
import {
  type AxisValues,
  check,
  type Evidence,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  type GitWorldContent,
  gitWorld,
  isInDocker,
  isTls,
  jobEnd,
  plainInDocker,
  proxyAxis,
  schemeAxis,
  throughProxy,
  traceLines,
} from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';

const FILE = 'large.txt';
const CONTENT = `proxyproof-lfs-content\n${'stored by Git LFS\n'.repeat(200)}`;
/** The name of an object of Git LFS is the SHA-256 of its content. */
const OID = createHash('sha256').update(CONTENT).digest('hex');

const isAtStorage = (axes: AxisValues): boolean => axes['objects'] === 'at-storage';

const content = (axes: AxisValues, variables: Readonly<Record<string, string>> = {}): GitWorldContent => ({
  job: { script: [`sha256sum ${FILE}`, 'grep proxyproof-lfs-content large.txt'], variables },
  project: { lfs: { [FILE]: CONTENT } },
  ...(isAtStorage(axes) ? { lfsAtStorage: true } : {}),
});

export default cloneScenario({
  id: 'git/lfs',
  asks: 'Do objects of Git LFS come through the proxy?',
  explains:
    "The project has a file that Git LFS stores; otherwise as git/clone-through-proxy. git-lfs is a program of its own with rules of its own for proxies. Its requests must arrive from the proxy, and the job, which looks for the file's content rather than its pointer, must succeed, with the content that was stored, by its SHA-256. With objects=at-storage GitLab redirects each download to object storage on another host, by a signed URL: it must be asked through the proxy too, and be shown no token.",
  axes: {
    executor: executorAxis,
    objects: { values: ['in-gitlab', 'at-storage'], default: 'in-gitlab' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) =>
    exceptSquidTunnel(axes) &&
    plainInDocker(axes) &&
    (!isAtStorage(axes) || (!isInDocker(axes) && !isTls(axes) && axes['proxy'] === 'basic')),
  content: (axes) => content(axes),
  also: { needs: ['git-lfs'], abilities: ['lfs'] },
  finds: (evidence) => [
    ...throughProxy(evidence, ['lfs'], 'LFS requests').slice(0, 2),
    ...atStorage(evidence),
    isUnchanged(evidence),
  ],
  mutants: ['skips-lfs', 'lfs-asks-storage-directly', 'lfs-shows-token-to-storage', 'lfs-spoils-objects'],
  control: {
    without: 'getting LFS objects',
    world: ({ axes }) => gitWorld(axes, content(axes, { GIT_LFS_SKIP_SMUDGE: '1' })),
  },
});

/** Where GitLab redirected to storage. */
function atStorage(evidence: Evidence): Finding[] {
  const redirected = evidence.gitlab('lfs').some(({ status }) => status === 302);
  if (!redirected) return [];
  return throughProxy(evidence, ['object-storage'], 'storage requests').slice(0, 2);
}

function isUnchanged(evidence: Evidence): Finding {
  const line = traceLines(evidence).find((each) => each.endsWith(`  ${FILE}`));
  const digest = line?.split(' ')[0];
  const seen = digest === undefined ? 'the job did not come so far' : `it has the SHA-256 ${digest}`;
  return check(digest === OID, `the job has the object that was stored, of SHA-256 ${OID}`, seen, jobEnd(evidence));
}
