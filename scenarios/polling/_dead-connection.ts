import {
  behindProxy,
  blocked,
  check,
  duration,
  type EventOf,
  type Evidence,
  type Exchange,
  type Fault,
  type Finding,
  isAfter,
  isSuccess,
  nothingDirect,
  POLL_TOLERANCE_MS,
  START_LIMIT_MS,
  type Stage,
  whilePolling,
} from '../../harness/kit/index.ts';

/** One connection to the proxy is dead for good, from the moment that it is open or that a tunnel is; all others work. */
const DEAD = {
  'one-connection': { fault: 'hang', when: 'on-connect', times: 1 },
  'one-tunnel': { fault: 'hang', when: 'after-connect', times: 1 },
} as const satisfies Record<string, Fault>;

/** The names of these, for an axis. */
export const DEAD_CONNECTIONS = ['one-connection', 'one-tunnel'] as const;

/** Whether a case is about one connection, and not about the proxy. */
export const isOfOne = (how: string | undefined): how is keyof typeof DEAD => how !== undefined && how in DEAD;

/** How long a runner may wait for an answer that never comes, in milliseconds; gitlab-runner does for ten minutes. */
const PATIENCE_MS = 30 * 60_000;
/** In real time nobody waits for that: a while is watched, longer than gitlab-runner waits for a tunnel. */
const WATCHED_MS = { real: 80_000, simulated: PATIENCE_MS + 60_000 };

/** How long a dead connection is watched in real time at least, in milliseconds. */
export const DEAD_WATCHED_MS = 75_000;

/** Polls, has its next connection die, and waits until it polls by another. */
export async function pollByDeadConnection(stage: Stage, how: keyof typeof DEAD): Promise<void> {
  const { world } = stage;
  await whilePolling(stage, behindProxy(stage), async () => {
    const began = (seen: Evidence) => seen.tripwire()[0] || seen.gitlab('job').some(isSuccess);
    await world.waitFor('the first poll', began, START_LIMIT_MS);
    // It is never switched off: that would end the connection.
    world.proxy.inject(DEAD[how]);
    await world.proxy.restart();
    await world.waitFor('a job request by another connection', nextPoll, WATCHED_MS[world.clock.kind]);
  });
}

const deathOf = (seen: Evidence): EventOf<'fault'> | undefined =>
  seen.of('fault').find(({ name, state }) => name === 'hang' && state === 'struck');

const nextPoll = (seen: Evidence): Exchange | undefined =>
  seen.gitlab('job').find((each) => isSuccess(each) && isAfter(each, deathOf(seen)));

/** That polling goes on by another connection; where time is real, that nothing else is done for a while. */
export function goesOnByAnother(evidence: Evidence): readonly Finding[] {
  const death = deathOf(evidence);
  if (!death) {
    return [blocked('polling works, then a connection dies', 'none was opened to die'), nothingDirect(evidence)];
  }
  const next = nextPoll(evidence);
  const watched = (evidence.mark('stopping')?.t ?? evidence.end()) - death.t;
  const isAll = watched >= PATIENCE_MS || evidence.mark('subject-ended') !== undefined;
  const seen = next
    ? `the next job request came ${duration(next.arrived - death.t)} after that`
    : `no job request came for ${duration(watched)}`;
  const expected =
    next || isAll
      ? `polling resumes by another connection within ${duration(PATIENCE_MS)} after one died`
      : `polling is watched for ${duration(DEAD_WATCHED_MS)} at least after a connection died`;
  const holds = next ? next.arrived - death.t <= PATIENCE_MS : !isAll && watched >= DEAD_WATCHED_MS - POLL_TOLERANCE_MS;
  return [check(holds, expected, seen, death, next), nothingDirect(evidence)];
}
