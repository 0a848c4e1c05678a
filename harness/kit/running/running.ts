import type { Stage } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { proxyVariables } from '../../recipes/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';

/** Seconds between polls, where a scenario is not about something longer. */
export const POLL_INTERVAL_SECONDS = 3;
export const POLL_INTERVAL_MS = POLL_INTERVAL_SECONDS * 1000;

/** How long a right subject may take from its start to its first request, in milliseconds. */
export const START_LIMIT_MS = 30_000;

/** How long a job of a second or two may take from being handed out to its final update, in milliseconds. */
export const JOB_LIMIT_MS = 60_000;

/**
 * How long a subject gets to stop before its world is taken down around it, in milliseconds. Nothing is judged any more
 * by then, and a runner that sleeps a rate limit out takes its whole shutdown timeout, 30 s, at the end of the longest case.
 */
const STOP_LIMIT_MS = 10_000;

/** The configuration of a runner behind the world's proxy, as the page has it. */
export function configFor({ world }: Pick<Stage, 'world'>, differs: Partial<RunnerConfig> = {}): RunnerConfig {
  return {
    url: world.gitlabUrl,
    token: world.gitlab.tokens.runner,
    env: world.hasProxy ? proxyVariables({ url: world.proxy.url }) : {},
    checkInterval: POLL_INTERVAL_SECONDS,
    ...(world.gitlab.caPem === undefined ? {} : { caPem: world.gitlab.caPem }),
    ...differs,
  };
}

/**
 * Lets the subject poll while something happens, then stops it.
 * @param during waits until there is enough to judge
 */
export async function whilePolling(stage: Stage, config: RunnerConfig, during: () => Promise<void>): Promise<void> {
  const { world, subject, driver } = stage;
  markOrigin(stage);
  const running = await subject.run(config);
  // A runner that died sends no more: the waits under way need not last.
  let stopping = false;
  void running.ended.then(({ code }) => stopping || world.subjectEnded(`the runner has ended, with exit code ${code}`));
  try {
    await during();
  } finally {
    stopping = true;
    world.mark('stopping', `enough is seen; ${driver.identity.kind} is told to stop`);
    const limit = new AbortController();
    await Promise.race([
      running.stop('forced').catch(() => {}),
      world.clock.sleep(STOP_LIMIT_MS, limit.signal).catch(() => {}),
    ]);
    limit.abort();
  }
}

/**
 * Runs a command that ends by itself, until there is enough to judge.
 * @param during waits for that
 */
export async function whileCommand(
  stage: Stage,
  command: 'register' | 'verify' | 'unregister',
  config: RunnerConfig,
  during: () => Promise<void>,
): Promise<void> {
  const { world, subject } = stage;
  markOrigin(stage);
  const running =
    command === 'register' ? subject.register(config, world.gitlab.tokens.registration) : subject[command](config);
  void running.then(({ code, signal }) => {
    // Ended by the world's own end: nobody is left to be told.
    if (signal !== null) return;
    world.mark('command-ended', `the ${command} command ended with exit code ${code}`);
    world.subjectEnded(`the ${command} command is done, so no more can come`);
  });
  await during();
  world.mark('stopping', 'enough is seen');
}

const ORIGIN = 'origin';

/** Host and port of GitLab, as the subject was given them. */
export const gitlabOrigin = (evidence: Evidence): string => evidence.mark(ORIGIN)?.what.split(' ')[0] ?? '';

/** Tells the judge which they are. */
function markOrigin({ world }: Stage): void {
  world.mark(ORIGIN, `${new URL(world.gitlabUrl).host} is GitLab`);
}

/** Ends a wait: the subject went around the proxy, so nothing better is to come. */
export const bypassed = (seen: Evidence): boolean => seen.tripwire.length > 0;

/** How long a job may take to its end once the subject has gone around the proxy, in milliseconds. */
const BYPASSED_LIMIT_MS = 20_000;

/** Waits until as many jobs as said are over; not for long any more once the subject has gone around the proxy. */
export async function jobsEnd(
  { world }: Stage,
  count = 1,
  limitMs: number = START_LIMIT_MS + JOB_LIMIT_MS,
): Promise<void> {
  const what = count === 1 ? "the job's final state" : `the final states of ${count} jobs`;
  const over = (seen: Evidence): boolean => seen.of('job').filter(({ what }) => what === 'finished').length >= count;
  await world.waitFor(what, (seen) => over(seen) || bypassed(seen), limitMs);
  const { evidence } = world;
  const taken = evidence.of('job').some(({ what }) => what === 'handed-out');
  if (taken && !over(evidence)) await world.waitFor(what, over, BYPASSED_LIMIT_MS);
}
