import {
  type AxisValues,
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  check,
  clonesThroughProxy,
  type Evidence,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  gitAbilities,
  gitNeeds,
  gitWorld,
  jobEnd,
  pageSources,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  scenario,
  schemeAxis,
  traceLines,
} from '../../harness/kit/index.ts';

const COMMITS = 5;
const DEPTH = 1;
const COUNT = /^proxyproof-commits=(\d+)$/;

const world = (axes: AxisValues, depth?: number) =>
  gitWorld(axes, {
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

export default scenario({
  id: 'git/shallow',
  asks: 'Does a clone of a given depth come through the proxy?',
  explains: `The project has ${COMMITS} commits and the job asks for a depth of ${DEPTH}; otherwise as git/clone-through-proxy. The job counts the commits that it has and fails unless there is just ${DEPTH}.`,
  axes: { executor: executorAxis, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => exceptSquidTunnel(axes) && plainInDocker(axes),
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment'),
  work: 1000,
  world: ({ axes }) => world(axes, DEPTH),
  act: (stage) => runGitJobs(stage, pageSources(stage)),
  judge: (evidence) => clonesThroughProxy(evidence, () => [hasDepth(evidence)]),
  mutants: [...CLONE_MUTANTS, ...CLONE_IN_DOCKER_MUTANTS, 'proxies-only-http', 'git-full-clone-ignores-depth'],
  control: { without: 'the depth', world: ({ axes }) => world(axes) },
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
