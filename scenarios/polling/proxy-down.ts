import {
  type AxisValues,
  behindProxy,
  blocked,
  type Evidence,
  isAfter,
  isSuccess,
  isTls,
  nothingArrives,
  nothingDirect,
  OUTAGE,
  outageOf,
  POLL_INTERVAL_MS,
  POLL_TOLERANCE_MS,
  pollsAfter,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  resumes,
  START_LIMIT_MS,
  type Stage,
  scenario,
  schemeAxis,
  type World,
  whilePolling,
} from '../../harness/kit/index.ts';
import { asking, commandOf, requestAxis, staysBehind, tryCommand } from './_commands.ts';
import {
  DEAD_CONNECTIONS,
  DEAD_WATCHED_MS,
  goesOnByAnother,
  isOfOne,
  pollByDeadConnection,
} from './_dead-connection.ts';

/** No whole number of intervals, so that the proxy does not come back just when a poll is due. */
const WATCHED_MS = { real: 3 * POLL_INTERVAL_MS + 1000, simulated: 20 * POLL_INTERVAL_MS + 1000 };
/** A right runner may ask less and less often while its polls fail, but twice a minute at least. */
const RECOVERY_INTERVALS = 30_000 / POLL_INTERVAL_MS;

export default scenario({
  id: 'polling/proxy-down',
  asks: 'Does it stay behind the proxy while the proxy is down, and go on by itself afterwards?',
  explains:
    "The runner polls every 3 s through the proxy. Then for 10 s, or 61 s of simulated time, the proxy refuses connections, takes them and never answers (black-holed), resets them, or answers 503 as squid does when it cannot resolve GitLab's name; connections that were open are cut first. When it is back, hung connections are cut. Meanwhile nothing may reach GitLab or go around the proxy, and afterwards a job request must come through it within 32 s: a runner may double its interval while polls fail, up to 30 s. With how=one-connection the next connection to the proxy is taken, never answered and never ended, and with how=one-tunnel that becomes of a tunnel once it is open, while every other works: polling must go on by another within half an hour, which is watched in simulated time; in real time it is watched for 75 s that nothing goes around the proxy. With request the register, verify or unregister command runs while the proxy is down: nothing of it may reach GitLab, by whatever way.",
  axes: {
    request: requestAxis,
    how: { values: ['refused', 'black-holed', 'reset', 'unresolvable', ...DEAD_CONNECTIONS] },
    scheme: schemeAxis,
    proxy: proxyAxis,
  },
  where: (axes) => {
    const { how, proxy } = axes;
    if (commandOf(axes) && (proxy !== 'basic' || isOfOne(how))) return false;
    if (isOfOne(how)) return proxy === 'basic' && (how !== 'one-tunnel' || isTls(axes));
    // Squid's own answers cannot be made up; a name that it does not know would be GitLab's for the whole case.
    return how !== 'unresolvable' || proxy !== 'squid';
  },
  needs: ({ axes }) => proxyNeeds(axes, 'namespace'),
  abilities: ({ axes }) => [...asking(axes), ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  waits: ({ axes }) => (isOfOne(axes['how']) ? DEAD_WATCHED_MS : WATCHED_MS.real + POLL_INTERVAL_MS),
  world: ({ axes }) => ({ gitlab: { tls: isTls(axes) }, proxy: proxyOf(axes) }),
  act: (stage) => {
    const { how } = stage.axes;
    if (isOfOne(how)) return pollByDeadConnection(stage, how);
    const command = commandOf(stage.axes);
    if (command) return whileDown(stage.world, stage.axes, () => tryCommand(stage, command));
    return pollThrough(stage, (during) => whileDown(stage.world, stage.axes, during));
  },
  judge: (evidence, { axes }) => {
    if (isOfOne(axes['how'])) return goesOnByAnother(evidence);
    const command = commandOf(axes);
    if (command) return staysBehind(evidence, command, isAsked(evidence));
    const outage = outageOf(evidence);
    const worked = evidence.gitlab('job').find((each) => isSuccess(each) && outage && !isAfter(each, outage.from));
    if (!outage || !worked) {
      const seen = worked ? 'the proxy was up all the time' : 'no job request was answered before';
      return [blocked('polling works, then the proxy goes down', seen, worked), nothingDirect(evidence)];
    }
    return [nothingArrives(evidence, outage), nothingDirect(evidence), resumes(evidence, outage, RECOVERY_INTERVALS)];
  },
  mutants: [
    'sends-credentials-once',
    'never-uses-proxy',
    'proxies-only-http',
    'goes-direct-when-proxy-refuses',
    'goes-direct-when-name-does-not-resolve',
    'goes-direct-for-commands-when-proxy-fails',
    'goes-direct-for-all-but-job-requests-when-proxy-refuses',
    'stops-polling-after-proxy-down',
    'rests-after-many-failures',
    'waits-for-answers-for-good',
    'waits-for-tunnels-for-good',
    'waits-for-handshakes-for-good',
  ],
  control: {
    without: 'the outage',
    act: (stage) => {
      const command = commandOf(stage.axes);
      return command ? tryCommand(stage, command) : pollThrough(stage, (during) => during());
    },
  },
});

/** The proxy has seen a connection; one that refuses them sees none, so there the command's end must do. */
const isAsked = (evidence: Evidence): boolean =>
  evidence.of('connection').some(({ peer }) => peer === 'proxy') || evidence.mark('command-ended') !== undefined;

/** Polls, goes through an outage, and waits for what comes after it. */
async function pollThrough(stage: Stage, outage: (during: () => Promise<void>) => Promise<void>): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, behindProxy(stage), async () => {
    await world.waitFor(
      'the first poll',
      (seen) => seen.tripwire()[0] || seen.gitlab('job').some(isSuccess),
      START_LIMIT_MS,
    );
    await outage(async () => {
      world.mark(OUTAGE.from, 'nothing gets through the proxy from now on');
      await world.watch(WATCHED_MS[world.clock.kind], 'what it does while the proxy is down');
      world.mark(OUTAGE.to, 'the proxy is let work again');
    });
    world.mark(OUTAGE.over, 'the proxy works again');
    await world.waitFor(
      'a job request at GitLab',
      (seen) => pollsAfter(seen, OUTAGE.to).some(isSuccess),
      (RECOVERY_INTERVALS + 1) * POLL_INTERVAL_MS + POLL_TOLERANCE_MS,
    );
  });
}

async function whileDown({ proxy }: World, axes: AxisValues, during: () => Promise<void>): Promise<void> {
  if (axes['how'] === 'refused') {
    await proxy.stop();
    await during();
    await proxy.start();
    return;
  }
  using fault = proxy.inject(faultOf(axes['how']));
  // What was open before would still get through.
  await proxy.restart();
  await during();
  fault.off();
}

function faultOf(how: string | undefined) {
  if (how === 'black-holed') return { fault: 'hang', when: 'on-connect' } as const;
  if (how === 'reset') return { fault: 'reset', when: 'on-connect' } as const;
  const text = 'Unable to determine IP address from host name: the DNS server returned: Name Error.\n';
  return {
    fault: 'answer',
    status: 503,
    reason: 'Service Unavailable',
    on: 'any',
    body: { framing: 'length', text },
  } as const;
}
