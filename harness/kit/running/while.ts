import type { Stage } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import type { RunnerConfig } from '../../runner/subject.ts';

/**
 * How long a subject gets to stop before its world is taken down around it, in milliseconds. Nothing is judged any more
 * by then, and a runner that sleeps a rate limit out takes its whole shutdown timeout, 30 s, at the end of the longest case.
 */
const STOP_LIMIT_MS = 10_000;

/**
 * Has the subject poll while something happens, then stops it. A subject that ends by itself ends the waits under way: no more
 * can come of it.
 * @param during waits until there is enough to judge
 * @throws whatever `during` throws, once the subject is stopped
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
    world.mark('stopping', `the scenario has seen enough, and stops ${driver.identity.kind}`);
    await world.clock.within(STOP_LIMIT_MS, 'the subject to stop', running.stop('forced')).catch(() => {});
  }
}

/**
 * Runs a command of the subject's that ends by itself, until there is enough to judge.
 * @param during waits for that; the command's end ends its waits
 * @throws whatever `during` throws
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
  world.mark('stopping', 'the scenario has seen enough');
}

const ORIGIN = 'origin';

/** Host and port of GitLab, as the subject was given them; empty when the subject was never started. */
export const gitlabOrigin = (evidence: Evidence): string => evidence.mark(ORIGIN)?.what.split(' ')[0] ?? '';

/** Tells the judge which they are. */
function markOrigin({ world }: Stage): void {
  world.mark(ORIGIN, `${new URL(world.gitlabUrl).host} is GitLab`);
}
