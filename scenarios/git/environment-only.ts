import {
  type Evidence,
  exceptSquidTunnel,
  executorAxis,
  type Finding,
  gitAbilities,
  gitNeeds,
  gitWorld,
  jobEnd,
  jobEnvironment,
  jobTaken,
  measured,
  plainInDocker,
  proxyAxis,
  runGitJobs,
  type Stage,
  scenario,
  schemeAxis,
} from '../../harness/kit/index.ts';

export default scenario({
  id: 'git/environment-only',
  asks: 'Which spelling of the variables carries the clone without the hook?',
  explains:
    "The job has no hook. Its proxy variables are those of the page's `environment`: both spellings, or only the upper-case or only the lower-case ones. A job of the shell executor also gets the upper-case ones of the runner's process, so where only the lower-case ones are wanted, the others are set empty. With executor=docker the helper container gets the sources, and nothing but these variables is in it. The answer is how git's requests reached GitLab, if they did, and how the job ended.",
  axes: {
    executor: executorAxis,
    variables: { values: ['both', 'upper', 'lower'] },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) =>
    exceptSquidTunnel(axes) && plainInDocker(axes) && (axes['proxy'] !== 'squid' || axes['variables'] === 'both'),
  needs: gitNeeds,
  abilities: (context) => gitAbilities(context, 'environment'),
  work: 1000,
  world: ({ axes }) => gitWorld(axes, {}),
  allows: ({ axes }) =>
    axes['variables'] === 'upper' && axes['scheme'] !== 'https'
      ? { direct: [{ what: /^gitlab\.test:\d+ GET \S+\.git\//, why: 'libcurl leaves HTTP_PROXY to CGI programs' }] }
      : {},
  act: (stage) => runGitJobs(stage, { environment: environment(stage) }),
  judge: (evidence, { axes }) => {
    const untaken = jobTaken(evidence);
    return [untaken ?? way(evidence, axes['variables'] ?? '')];
  },
  mutants: [],
  control: {
    without: 'every proxy variable of the job',
    act: (stage) => runGitJobs(stage, { environment: jobEnvironment(stage.world.proxy.url).map(emptied) }),
  },
});

const emptied = (entry: string): string => entry.replace(/=.*/s, '=');

function environment({ axes, world }: Stage): string[] {
  const all = jobEnvironment(world.proxy.url);
  const isUpper = (entry: string): boolean => /^[A-Z_]+=/.test(entry);
  switch (axes['variables']) {
    case 'upper':
      // An empty lower-case variable would win over the upper-case one in git.
      return all.filter(isUpper);
    case 'lower':
      return all.map((entry) => (isUpper(entry) ? emptied(entry) : entry));
    default:
      return all;
  }
}

function way(evidence: Evidence, variables: string): Finding {
  const arrived = evidence.gitlab('git');
  const [hit] = evidence.tripwire();
  const end = jobEnd(evidence);
  const which = variables === 'both' ? 'both spellings' : `the ${variables}-case variables alone`;
  const how = hit
    ? `went around the proxy, to ${hit.to}`
    : arrived.length === 0
      ? 'did not arrive'
      : arrived.every(({ via }) => via === 'proxy')
        ? 'came through the proxy'
        : 'came directly';
  return measured(
    `how the clone goes with ${which} set and no hook`,
    `with ${which} the clone ${how}; the job ended as ${end?.state ?? 'nothing'}`,
    ...(hit ? [hit] : arrived.slice(0, 3)),
    end,
  );
}
