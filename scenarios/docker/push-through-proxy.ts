import {
  type AxisValues,
  daemonCallsGoStraight,
  dindAbilities,
  dindAxis,
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
  PUSHED_TAGS,
  proxyAxis,
  proxyNeeds,
  pushAndPull,
  pushBuildkit,
  pushJobSucceeds,
  pushNeedsLogin,
  runWithDind,
  scenario,
  schemeAxis,
  throughProxy,
} from '../../harness/kit/index.ts';

const LARGE = '256MiB';

/** How long a job that pushes and pulls a quarter of a GiB may take, in milliseconds. */
const LARGE_LIMIT_MS = 4 * JOB_LIMIT_MS;

const isLarge = (axes: AxisValues): boolean => axes['layer'] === LARGE;
const sizesOf = (axes: AxisValues): readonly number[] => LAYER_SIZES[axes['layer'] ?? ''] ?? [];

/** BuildKit builds the same; a large layer need not go twice. */
const tagsOf = (axes: AxisValues): readonly string[] => (isLarge(axes) ? PUSHED_TAGS.slice(0, 1) : PUSHED_TAGS);

export default scenario({
  id: 'docker/push-through-proxy',
  asks: 'Do docker build, push and pull work in a job with dind behind the proxy?',
  explains:
    "config.toml has the page's `environment`: the proxy variables in both cases, and NO_PROXY=docker:2375,docker:2376. A job has a dind service with the alias docker, plain on port 2375, or with TLS on 2376 and certificates that dind makes (dind=tls). The job builds an image with layers of 1 KiB, 1 MiB and 8 MiB (layer=256MiB: one of that size), tries to push it before it has logged in, logs in to the registry, pushes, removes the image, pulls it and compares; then the same with BuildKit. The registry is the real one, by http or https (scheme), and accepts only GitLab's tokens. The proxy may be asked for GitLab and the registry only, never for dind. Every request to the registry must come from the proxy and be in its record, nothing may bypass it, and nothing may be stored without a token.",
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
  act: (stage) => {
    const { axes } = stage;
    const script = [...pushAndPull(sizesOf(axes)), ...(isLarge(axes) ? [] : pushBuildkit)];
    return runWithDind(stage, { script }, () => jobsEnd(stage, 1, isLarge(axes) ? LARGE_LIMIT_MS : undefined));
  },
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    if (untaken) return [untaken, nothingDirect(evidence)];
    const way = [
      pushJobSucceeds(evidence),
      daemonCallsGoStraight(evidence),
      ...throughProxy(evidence, ['registry'], 'registry requests', 'registry'),
    ];
    // Of what never arrived there is nothing more to say.
    if (evidence.requests('registry').length === 0) return way;
    return [
      ...way,
      isPushed(evidence, sizesOf(axes), tagsOf(axes)),
      isPulled(evidence, sizesOf(axes)),
      pushNeedsLogin(evidence),
    ];
  },
  mutants: ['docker-omits-services', 'docker-probes-by-proxy', 'never-uses-proxy', 'proxies-only-job-requests'],
  peerMutants: [
    {
      name: 'registry-takes-anonymous-pushes',
      says: 'The registry takes what anybody pushes, with or without a token.',
      world: (context) => ({ ...dindWorld(context), registry: { auth: 'none', tls: isTls(context.axes) } }),
    },
  ],
  control: {
    without: "the proxy variables of config.toml's environment",
    act: (stage) => runWithDind(stage, { script: pushAndPull(sizesOf(stage.axes)), environment: [] }),
  },
});
