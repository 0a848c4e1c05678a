import {
  behindProxy,
  blocked,
  check,
  configFor,
  counted,
  type Evidence,
  jobEnvironment,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  type RunnerConfig,
  START_LIMIT_MS,
  type Stage,
  scenario,
  whilePolling,
} from '../../harness/kit/index.ts';

/** How long it is watched after its first try, in milliseconds: a second poll may do better. */
const WATCHED_MS = 4000;

/** How a runner says that a name leads nowhere. */
const NO_SUCH_NAME =
  /no such host|name or service not known|not resolve|temporary failure in name resolution|ENOTFOUND|server misbehaving/i;

export default scenario({
  id: 'polling/without-proxy-variables',
  asks: 'Without the proxy variables, is GitLab out of reach?',
  explains:
    "This checks the world itself. The runner's process has no proxy variables, while `environment` in its configuration, which is only for jobs, has all of them. It must try (a connection at the tripwire, or a log line about a name that does not resolve), nothing may reach GitLab, and nothing may ask the proxy.",
  axes: { proxy: proxyAxis },
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: () => ['poll'],
  waits: () => WATCHED_MS,
  world: ({ axes }) => ({ gitlab: {}, proxy: proxyOf(axes) }),
  allows: () => ({ direct: [{ what: /^/, why: 'the runner was told of no proxy' }] }),
  act: (stage) => pollWith(stage, {}),
  judge: (evidence) => {
    const tried = attempt(evidence);
    const arrived = evidence.gitlab();
    const asked = evidence.proxy();
    if (!tried && arrived.length + asked.length === 0) {
      return [blocked('the runner tries to reach GitLab', 'it made no attempt that shows')];
    }
    const sent = arrived.length + asked.length;
    return [
      check(
        sent === 0,
        'nothing reaches GitLab or the proxy',
        sent === 0
          ? `nothing arrived; what it tried: ${tried?.what}`
          : `${counted(arrived.length, 'requests')} reached GitLab, ${asked.length} the proxy`,
        ...arrived.slice(0, 3),
        ...asked.slice(0, 3),
        tried,
      ),
    ];
  },
  mutants: ['finds-proxy-in-job-environment'],
  control: {
    without: 'the absence: with the variables in its environment',
    act: (stage) => pollWith(stage, behindProxy(stage).env),
  },
});

async function pollWith(stage: Stage, env: RunnerConfig['env']): Promise<void> {
  const { world } = stage;
  const config = configFor(stage, { env, environment: jobEnvironment(world.proxy.url) });
  await whilePolling(stage, config, async () => {
    await world.waitFor('an attempt to reach GitLab', (seen) => attempt(seen) || seen.proxy()[0], START_LIMIT_MS);
    await world.watch(WATCHED_MS, 'whether anything reaches GitLab');
  });
}

function attempt(evidence: Evidence): { seq: number; what: string } | undefined {
  const [hit] = evidence.tripwire();
  if (hit) return { seq: hit.seq, what: `a connection to ${hit.to}, which led to the tripwire` };
  const said = evidence.logs(NO_SUCH_NAME)[0];
  return said && { seq: said.seq, what: said.line.slice(0, 200) };
}
