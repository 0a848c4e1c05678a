import { check, type Evidence, type Finding, gitWorld, pageSources, runGitJobs } from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';

const MIB = 1024 * 1024;
const SIZE_MIB = 100;
const LIMIT_MS = 180_000;

export default cloneScenario({
  id: 'git/large',
  asks: `Does a repository of ${SIZE_MIB} MiB come through the proxy?`,
  explains: `The project holds ${SIZE_MIB} MiB that do not compress; otherwise as git/clone-through-proxy. At least as many bytes must go from GitLab through the proxy, by the record of either, and the job must succeed.`,
  content: () => ({ project: { bytes: SIZE_MIB * MIB } }),
  work: 10_000,
  act: (stage) => runGitJobs(stage, pageSources(stage), LIMIT_MS),
  finds: (evidence) => [isAllThere(evidence)],
  mutants: ['fails-on-large'],
  control: { without: 'the content', world: ({ axes }) => gitWorld(axes, {}) },
});

function isAllThere(evidence: Evidence): Finding {
  const sent = sum(
    evidence.gitlab('git').filter(({ via }) => via === 'proxy'),
    (each) => each.responseBody?.bytes,
  );
  const passed = sum(evidence.proxy(), (each) => each.responseBody?.bytes ?? each.tunnel?.bytesDown);
  const least = SIZE_MIB * MIB;
  return check(
    sent >= least && passed >= least,
    `${SIZE_MIB} MiB go from GitLab through the proxy`,
    `GitLab sent ${inMib(sent)} to the proxy in answer to git, and ${inMib(passed)} came out of it`,
  );
}

function sum<T>(of: readonly T[], bytes: (each: T) => number | undefined): number {
  return of.reduce((total, each) => total + (bytes(each) ?? 0), 0);
}

const inMib = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
