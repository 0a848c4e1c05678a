import { existsSync, watch } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../world/world.ts';
import { JOB_LIMIT_MS, START_LIMIT_MS } from '../running/limits.ts';

/** A line of a job's script at which it waits for the scenario. */
export interface JobGate {
  /** For the script of a job that runs where the runner lives. */
  readonly line: string;
  /**
   * Waits until the script is there. From then on it waits, too, and the clock goes on.
   * @returns false when it did not come so far in 90 s; what comes next is not worth doing then
   */
  reached(): Promise<boolean>;
  /** Lets the script go on; simulated time stands still again until it is done. */
  open(): Promise<void>;
}

/** Makes a gate. @param name tells it from the others of the case */
export function gateAt(world: World, name: string): JobGate {
  const { clock, host } = world;
  const at = join(host.dir, `at-${name}`);
  const go = join(host.dir, `go-${name}`);
  let wait: (() => void) | undefined;
  return {
    line: `: > '${at}'; until [ -e '${go}' ]; do sleep 0.1; done`,
    reached: async () => {
      const limit = START_LIMIT_MS + JOB_LIMIT_MS;
      const there = await clock
        .within(limit, `the job to come to ${name}`, (over) => appears(host.dir, at, over))
        .then(
          () => true,
          () => false,
        );
      if (there) wait = clock.withhold();
      else world.mark(`not-at-${name}`, `the job did not come to ${name} in ${limit / 1000} s`);
      return there;
    },
    open: async () => {
      wait?.();
      await writeFile(go, '');
    },
  };
}

/** Waits for a file. */
async function appears(dir: string, path: string, over: AbortSignal): Promise<void> {
  const watcher = watch(dir);
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => void (existsSync(path) && resolve());
      watcher.on('change', look).on('error', reject);
      over.addEventListener('abort', () => reject(over.reason), { once: true });
      look();
    });
  } finally {
    watcher.close();
  }
}
