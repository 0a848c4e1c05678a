import {
  type AxisValues,
  afterRegistryProbe,
  type DindJob,
  daemonCallsGoStraight,
  dindAbilities,
  dindAxis,
  dindProbes,
  dindRefuses,
  dindWorld,
  dockerNeeds,
  isPulled,
  isPushed,
  isTls,
  JOB_LIMIT_MS,
  jobsEnd,
  jobTaken,
  LAYER_SIZES,
  nothingDirect,
  type PeerMutant,
  PUSHED_TAGS,
  probeRegistry,
  projectIsRefused,
  projectProbe,
  proxyAxis,
  proxyNeeds,
  pushAndPull,
  pushBuildkit,
  pushJobSucceeds,
  pushNeedsLogin,
  REGISTRY_PROBED,
  registryRefuses,
  runWithDind,
  type Stage,
  scenario,
  schemeAxis,
  type TooKind,
  throughProxy,
} from '../../harness/kit/index.ts';

const LARGE = '256MiB';

/** How long a job that pushes and pulls a quarter of a GiB may take, in milliseconds. */
const LARGE_LIMIT_MS = 4 * JOB_LIMIT_MS;

const isLarge = (axes: AxisValues): boolean => axes['layer'] === LARGE;
const sizesOf = (axes: AxisValues): readonly number[] => LAYER_SIZES[axes['layer'] ?? ''] ?? [];

/** Whether dind speaks TLS. */
const hasTls = (axes: AxisValues): boolean => axes['dind'] === 'tls';

/** BuildKit builds the same; a large layer need not go twice. */
const tagsOf = (axes: AxisValues): readonly string[] => (isLarge(axes) ? PUSHED_TAGS.slice(0, 1) : PUSHED_TAGS);

export default scenario({
  id: 'docker/push-through-proxy',
  asks: 'Do docker build, push and pull work in a job with dind behind the proxy?',
  explains:
    "config.toml has the page's `environment`: the proxy variables in both cases, and NO_PROXY=docker:2375,docker:2376. A job has a dind service with the alias docker, plain on port 2375, or with TLS on 2376 and certificates that dind makes (dind=tls). The job builds an image with layers of 1 KiB, 1 MiB and 8 MiB (layer=256MiB: one of that size), tries to push it before it has logged in, logs in to the registry, pushes, removes the image, pulls it and compares; then the same with BuildKit. The registry is the real one, by http or https (scheme), and accepts only GitLab's tokens. The proxy may be asked for GitLab and the registry only, never for dind. Every request to the registry must come from the proxy and be in its record, nothing may bypass it, and nothing may be stored without a token. Before the job a client of the suite's own asks for a token with a wrong password, and pushes with a token for another repository, and with one for pulls alone, and looks at a repository with a token that it was given without a name: each must be refused. The job ends by trying to push into another project with its own credentials, which must be refused as well. A dind with TLS must refuse clients without a certificate, and those without TLS: the job tries both.",
  axes: {
    dind: dindAxis,
    layer: { values: ['small', LARGE], default: 'small' },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  // How dind is reached, how the registry is reached, and how much passes are asked for one after the other.
  where: ({ dind, layer, scheme, proxy }) =>
    (dind === 'plain' || (layer === 'small' && scheme === 'http' && proxy === 'basic')) &&
    (layer === 'small' || (scheme === 'http' && proxy === 'basic')),
  needs: ({ axes }) => proxyNeeds(axes, ...dockerNeeds()),
  abilities: () => dindAbilities,
  work: 10_000,
  world: dindWorld,
  allows: () => ({
    flags: [
      {
        what: /^The credentials of this request for a registry token are wrong/,
        why: "the suite's own client tries a wrong password",
        until: REGISTRY_PROBED,
      },
    ],
  }),
  act: (stage) => {
    const { axes } = stage;
    const script = [
      ...(hasTls(axes) ? dindProbes : []),
      ...pushAndPull(sizesOf(axes)),
      ...(isLarge(axes) ? [] : pushBuildkit),
      projectProbe(stage),
    ];
    return withProbes(stage, { script }, () => jobsEnd(stage, 1, isLarge(axes) ? LARGE_LIMIT_MS : undefined));
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, ...registryRefuses(evidence), nothingDirect(evidence)];
    const seen = afterRegistryProbe(evidence);
    const way = [
      pushJobSucceeds(seen),
      daemonCallsGoStraight(seen),
      ...throughProxy(seen, ['registry'], 'registry requests', 'registry'),
      ...registryRefuses(evidence),
      ...(hasTls(axes) ? dindRefuses(evidence) : []),
    ];
    // Of what never arrived there is nothing more to say.
    if (seen.requests('registry').length === 0) return way;
    return [
      ...way,
      isPushed(seen, sizesOf(axes), tagsOf(axes)),
      isPulled(seen, sizesOf(axes)),
      pushNeedsLogin(seen),
      projectIsRefused(seen),
    ];
  },
  mutants: [
    'docker-omits-services',
    'docker-omits-job-services',
    'docker-omits-aliases',
    'docker-probes-by-proxy',
    'never-uses-proxy',
    'proxies-only-job-requests',
  ],
  peerMutants: [
    {
      name: 'registry-takes-anonymous-pushes',
      says: 'The registry takes what anybody pushes, with or without a token.',
      finding: /the registry took a push before there was a login/,
      world: (context) => ({ ...dindWorld(context), registry: { auth: 'none', tls: isTls(context.axes) } }),
    },
    kindTokens(
      'registry-takes-wrong-password',
      'gives a token for any password',
      'any-password',
      /a wrong password, .* is refused\. Observed: it was answered with 200/,
    ),
    kindTokens(
      'registry-takes-token-for-other-repository',
      'takes a token for another repository',
      'any-repository',
      /a token for another repository, is refused\. Observed: it was answered with 202/,
    ),
    kindTokens(
      'registry-takes-token-for-other-action',
      'takes a token for pulls when somebody pushes',
      'any-action',
      /a token that is good for pulls alone, is refused\. Observed: it was answered with 202/,
    ),
    kindTokens(
      'registry-lets-nobody-pull',
      'gives a token that is good for pulls to whoever has no name',
      'nobody',
      /a token that nobody in particular asked for, is refused\. Observed: it was answered with 404/,
    ),
    {
      ...kindTokens(
        'registry-lets-jobs-into-every-project',
        'lets a job push into every project',
        'any-project',
        /a push into another project, by the job's own credentials, is refused\. Observed: it was answered with 202/,
      ),
      act: (stage) =>
        withProbes(stage, { script: [...pushAndPull(sizesOf(stage.axes)), ...pushBuildkit, projectProbe(stage)] }),
    },
    {
      name: 'dind-takes-clients-without-certificate',
      says: 'dind speaks TLS with clients that have no certificate.',
      axes: { dind: 'tls' },
      finding: /dind refuses a client without a certificate\. Observed: it answered 200/,
      act: (stage) =>
        withProbes(stage, {
          script: [...dindProbes, ...pushAndPull(sizesOf(stage.axes)), ...pushBuildkit],
          daemonArguments: ['--tlsverify=false'],
        }),
    },
    {
      name: 'dind-without-tls',
      says: 'dind speaks plain HTTP where it should speak TLS.',
      axes: { dind: 'tls' },
      finding: /dind refuses a client without TLS\. Observed: it answered 200/,
      act: (stage) =>
        withProbes(stage, {
          script: dindProbes,
          variables: { DOCKER_TLS_CERTDIR: '', DOCKER_TLS_VERIFY: '' },
          daemonArguments: ['--host=tcp://0.0.0.0:2376'],
        }),
    },
  ],
  control: {
    without: "the proxy variables of config.toml's environment",
    act: (stage) => withProbes(stage, { script: pushAndPull(sizesOf(stage.axes)), environment: [] }),
  },
});

/** Tries the registry, then runs a job with dind. */
async function withProbes(stage: Stage, job: DindJob, during?: () => Promise<void>): Promise<void> {
  await probeRegistry(stage);
  await runWithDind(stage, job, during);
}

/** A registry whose tokens are too kind. @param what the registry does, as half a sentence */
function kindTokens(name: string, what: string, registryTokens: TooKind, finding: RegExp): PeerMutant {
  return {
    name,
    says: `The registry ${what}.`,
    finding,
    world: (context) => ({ ...dindWorld(context), gitlab: { registryTokens } }),
    act: probeRegistry,
  };
}
