import {
  behindProxy,
  blocked,
  check,
  counted,
  duration,
  type Evidence,
  type Exchange,
  type Finding,
  isAfter,
  isSuccess,
  isTls,
  nothingArrives,
  nothingDirect,
  OUTAGE,
  type Outage,
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
  whilePolling,
} from '../../harness/kit/index.ts';
import { asking, commandOf, requestAxis, staysBehind, tryCommand } from './_commands.ts';

/** No whole number of intervals, so that the credentials do not become right just when a poll is due. */
const WATCHED_MS = 5 * POLL_INTERVAL_MS + 1000;
const RECOVERY_INTERVALS = 2;
const SAYS_SO = /\b407\b|proxy authentication required/i;

const refused = (evidence: Evidence): readonly Exchange[] => evidence.proxy().filter(({ status }) => status === 407);

export default scenario({
  id: 'polling/wrong-credentials',
  asks: 'What does it do while the proxy rejects its credentials, and once they are accepted?',
  explains:
    'From before the start the proxy accepts other credentials than the runner has, and answers every request with 407. The poll interval is 3 s; after 16 s the credentials become right. The log must say what the proxy answered, polling must go on at its interval (at least one request in two intervals, at most two an interval), nothing may go around the proxy, and job requests must reach GitLab again within 2 intervals. A command that the proxy refuses must say so, too, and may not go around it.',
  axes: { request: requestAxis, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => !commandOf(axes) || axes['proxy'] === 'basic',
  needs: ({ axes }) => proxyNeeds(axes, 'namespace'),
  abilities: ({ axes }) => [...asking(axes), ...(isTls(axes) ? (['custom-ca'] as const) : [])],
  waits: () => WATCHED_MS + POLL_INTERVAL_MS,
  world: ({ axes }) => ({ gitlab: { tls: isTls(axes) }, proxy: proxyOf(axes) }),
  act: async (stage) => {
    await stage.world.proxy.setCredentials({ user: 'somebody-else', password: 'another-password' });
    await watch(stage);
  },
  judge: (evidence, { axes }) => {
    const [first] = refused(evidence);
    const command = commandOf(axes);
    if (command) return [...staysBehind(evidence, command, first !== undefined), ...(first ? [saysSo(evidence)] : [])];
    const outage = outageOf(evidence);
    if (!first || !outage) {
      return [
        blocked(
          'the proxy answers a request with 407',
          `it answered ${counted(refused(evidence).length, 'requests')} so`,
          first,
        ),
        nothingDirect(evidence),
      ];
    }
    return [
      saysSo(evidence),
      keepsPolling(evidence, outage),
      nothingArrives(evidence, outage),
      nothingDirect(evidence),
      resumes(evidence, outage, RECOVERY_INTERVALS),
    ];
  },
  mutants: [
    'asks-again-at-once-after-failures',
    'sends-credentials-once',
    'never-uses-proxy',
    'proxies-only-http',
    'never-sends-credentials',
    'stops-polling-after-407',
    'stops-polling-after-proxy-down',
    'tunnels-to-default-port',
    'keeps-quiet-about-407',
    'goes-direct-when-proxy-answers-407',
    'goes-direct-for-commands-when-proxy-fails',
  ],
  control: { without: 'the wrong credentials', act: watch },
});

function watch(stage: Stage): Promise<void> {
  const command = commandOf(stage.axes);
  return command ? tryCommand(stage, command) : watchRefusals(stage);
}

async function watchRefusals(stage: Stage): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, behindProxy(stage), async () => {
    await world.waitFor(
      'a request that the proxy refuses',
      (seen) => refused(seen)[0] || seen.tripwire()[0],
      START_LIMIT_MS,
    );
    world.mark(OUTAGE.from, 'the proxy refuses the credentials');
    await world.watch(WATCHED_MS, 'what it does while the proxy refuses its credentials');
    const { user, password } = world.proxy.auth;
    world.mark(OUTAGE.to, 'the proxy is told to accept the credentials');
    await world.proxy.setCredentials({ user, password });
    world.mark(OUTAGE.over, 'the proxy accepts the credentials from now on');
    await world.waitFor(
      'a job request at GitLab',
      (seen) => pollsAfter(seen, OUTAGE.to).some(isSuccess),
      (RECOVERY_INTERVALS + 1) * POLL_INTERVAL_MS + POLL_TOLERANCE_MS,
    );
  });
}

function saysSo(evidence: Evidence): Finding {
  const said = evidence.logs(SAYS_SO)[0];
  return check(
    said !== undefined,
    'the log says that the proxy wants authentication (407)',
    said ? `the log says: ${said.line.slice(0, 200)}` : 'the log says nothing of 407',
    said,
  );
}

/** A client may ask without credentials first, so that there are two requests to a poll. */
function keepsPolling(evidence: Evidence, { from, to }: Outage): Finding {
  const tries = refused(evidence).filter((each) => !isAfter(each, to));
  const watched = to.t - from.t;
  const intervals = watched / POLL_INTERVAL_MS;
  const least = Math.floor(intervals / 2) + 1;
  const most = 2 * (Math.ceil(intervals) + 1);
  return check(
    tries.length >= least && tries.length <= most,
    `polling goes on at its interval: ${least} to ${most} requests in ${duration(watched)}`,
    `the proxy refused ${counted(tries.length, 'requests')} in that time`,
    ...tries.slice(0, 3),
  );
}
