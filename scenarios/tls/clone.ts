import {
  type AxisValues,
  caAbilities,
  caAxis,
  caPlaceOf,
  chainAxis,
  check,
  clonesThroughProxy,
  counted,
  type Evidence,
  type Finding,
  gitAbilities,
  gitNeeds,
  interceptionDiffers,
  interceptorAxis,
  interceptorCa,
  interceptorNeeds,
  interceptorOf,
  jobsEnd,
  pageSources,
  placeCa,
  type RunnerConfig,
  type Stage,
  scenario,
  tunnelsAre,
  tunnelsAreOpened,
  whilePolling,
  withTlsCause,
} from '../../harness/kit/index.ts';
import { cloneWorld } from './_git.ts';
import { renewAtGate } from './_renewal.ts';

/** Whom git asks: GitLab, or another host as well, whose tunnels the proxy does not open. */
const ASKS = { values: ['gitlab', 'other-host'], default: 'gitlab' } as const;
const asksOther = (axes: AxisValues): boolean => axes['asks'] === 'other-host';
/** There is no such repository: that the request comes is enough. */
const ELSEWHERE = '/object-storage/elsewhere.git';
const HTTPS = { scheme: 'https' } as const;

export default scenario({
  id: 'tls/clone',
  asks: "Does a job's git work behind a proxy that opens TLS, when only the runner was given the CA of that proxy?",
  explains:
    "As tls/runner, with a job that clones by https. Nobody but the runner is given the proxy's CA: what it hands the job in CI_SERVER_TLS_CA_FILE must be enough for git, whether the CA is in a file of the runner's or in the store. The proxy has another certificate for each connection, so that one which was met before helps nobody. With asks=other-host git asks another host besides, in the get-sources hook. The proxy leaves the tunnels to that host as they are, and its CA is in the machine's store: what the runner hands on is for GitLab, and must not stand in the way of that.",
  axes: { asks: ASKS, ca: caAxis, chain: chainAxis, interceptor: interceptorAxis },
  where: (axes) => {
    const differing = interceptionDiffers(axes);
    if (differing > 1) return false;
    const isUsual = differing === 0;
    return asksOther(axes) ? isUsual && caPlaceOf(axes) === caAxis.default : isUsual || caPlaceOf(axes) === 'store';
  },
  needs: ({ axes }) => gitNeeds({ axes }, ...interceptorNeeds(axes)),
  abilities: ({ axes }) => [...gitAbilities({ axes: HTTPS }, 'get-sources-hook', 'environment'), ...caAbilities(axes)],
  work: 1_500,
  world: ({ axes }) => cloneWorld(interceptorOf(axes, asksOther(axes) ? 'gitlab-alone' : 'everything')),
  act: async (stage) => whilePolling(stage, await configOf(stage), () => jobsEnd(stage)),
  judge: (evidence, { axes }) =>
    withTlsCause(
      evidence,
      clonesThroughProxy(evidence, () => [
        ...tunnelsAreOpened(evidence, axes, /^gitlab\.test$/),
        ...(asksOther(axes) ? otherHost(evidence) : []),
      ]),
    ),
  allows: ({ axes }) =>
    asksOther(axes)
      ? {
          flags: [
            { what: /signature of this object storage request/, why: 'git asks for a repository that there is not' },
          ],
        }
      : {},
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'git-goes-direct',
    'skips-the-hook',
    'hands-jobs-no-chain',
    'hands-jobs-leaf-only',
    'hands-jobs-chain-of-another',
    'git-trusts-ca-for-everyone',
  ],
  control: {
    without: 'the CA by which the proxy signs what git meets: it gets another one when the runner has its job',
    act: (stage) =>
      renewAtGate(stage, async (gate) => {
        const config = await configOf(stage);
        return { ...config, getSourcesHook: `${config.getSourcesHook}; ${gate}` };
      }),
  },
});

async function configOf(stage: Stage): Promise<RunnerConfig> {
  const { axes, world } = stage;
  const store = asksOther(axes) ? world.gitlab.caPem : undefined;
  const { config } = await placeCa(stage, caPlaceOf(axes), interceptorCa(stage), store);
  const recipe = pageSources(stage);
  if (!asksOther(axes)) return { ...config, ...recipe };
  const ask = `git ls-remote 'https://storage.test:${new URL(world.gitlabUrl).port}${ELSEWHERE}' || true`;
  return { ...config, ...recipe, getSourcesHook: `${recipe.getSourcesHook}; ${ask}` };
}

/** That git's request came to the other host, by a tunnel that the proxy did not open. */
function otherHost(evidence: Evidence): readonly Finding[] {
  const asked = evidence.gitlab().filter(({ target }) => target.startsWith(ELSEWHERE));
  return [
    check(
      asked.length > 0,
      "git's request arrives at another host, whose CA is in the machine's store",
      `${counted(asked.length, 'requests')} arrived there`,
      ...asked,
    ),
    tunnelsAre(evidence, false, /^storage\.test$/),
  ];
}
