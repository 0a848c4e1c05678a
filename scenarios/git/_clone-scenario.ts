import {
  type Ability,
  type AxisValues,
  CLONE_IN_DOCKER_MUTANTS,
  CLONE_MUTANTS,
  clonesThroughProxy,
  type Evidence,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  type GitWorldContent,
  gitAbilities,
  gitNeeds,
  gitWorld,
  type Need,
  pageSources,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  type Scenario,
  scenario,
  schemeAxis,
} from '../../harness/kit/index.ts';

type Given = Pick<Scenario, 'id' | 'asks' | 'explains' | 'control'> & Partial<Pick<Scenario, 'axes' | 'where' | 'act'>>;

/** What tells one scenario about a clone from another. */
export interface CloneScenario extends Given {
  /** What there is to clone, and the job that does. */
  readonly content?: (axes: AxisValues) => GitWorldContent;
  /** What the machine must have, and the subject be able to do, besides. */
  readonly also?: { readonly needs?: readonly Need[]; readonly abilities?: readonly Ability[] };
  /** How long it works, in real milliseconds. */
  readonly work?: number;
  /** What must hold besides: the clone through the proxy is judged by itself. */
  readonly finds?: (evidence: Evidence, axes: AxisValues) => readonly Finding[];
  /** The mutants that fail this one besides. */
  readonly mutants: readonly string[];
}

/**
 * A scenario in which a job gets its sources with the runner configured as on the page, by the shell executor or in
 * containers, from an http or an https GitLab.
 */
export function cloneScenario({ content = () => ({}), also = {}, finds, mutants, ...given }: CloneScenario): Scenario {
  const { needs = [], abilities = [] } = also;
  return scenario({
    axes: { executor: executorAxis, scheme: schemeAxis, proxy: proxyAxis },
    where: (axes) => exceptSquidTunnel(axes) && plainInDocker(axes),
    needs: (context) => gitNeeds(context, ...needs),
    abilities: (context) => gitAbilities(context, 'get-sources-hook', 'environment', ...abilities),
    work: 1000,
    world: ({ axes }) => gitWorld(axes, content(axes)),
    act: (stage) => runGitJobs(stage, pageSources(stage)),
    judge: (evidence, { axes }) => clonesThroughProxy(evidence, () => finds?.(evidence, axes) ?? []),
    mutants: [...CLONE_MUTANTS, ...CLONE_IN_DOCKER_MUTANTS, 'proxies-only-http', ...mutants],
    ...given,
  });
}
