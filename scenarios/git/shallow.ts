import {
  check,
  type Evidence,
  type Finding,
  type GitWorldContent,
  gitWorld,
  jobEnd,
  traceLines,
} from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';

const COMMITS = 5;
const DEPTH = 1;
const COUNT = /^proxyproof-commits=(\d+)$/;

const content = (depth?: number): GitWorldContent => ({
  job: {
    script: [
      'commits=$(git rev-list --count HEAD)',
      'echo proxyproof-commits=$commits',
      `test "$commits" -eq ${DEPTH}`,
    ],
    ...(depth === undefined ? {} : { depth }),
  },
  project: { commits: COMMITS },
});

export default cloneScenario({
  id: 'git/shallow',
  asks: 'Does a clone of a given depth come through the proxy?',
  explains: `The project has ${COMMITS} commits and the job asks for a depth of ${DEPTH}; otherwise as git/clone-through-proxy. The job counts the commits that it has and fails unless there is just ${DEPTH}.`,
  content: () => content(DEPTH),
  finds: (evidence) => [hasDepth(evidence)],
  mutants: ['git-full-clone-ignores-depth'],
  control: { without: 'the depth', world: ({ axes }) => gitWorld(axes, content()) },
});

function hasDepth(evidence: Evidence): Finding {
  const counted = traceLines(evidence)
    .map((line) => COUNT.exec(line)?.[1])
    .find((count) => count !== undefined);
  return check(
    jobEnd(evidence)?.state === 'success',
    `the job has ${DEPTH} of the ${COMMITS} commits`,
    counted === undefined ? 'the job did not say how many it has' : `the job has ${counted}`,
    jobEnd(evidence),
  );
}
