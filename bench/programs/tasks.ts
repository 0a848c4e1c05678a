import { memoryUsage } from 'node:process';

/** What the bench asks a program. */
interface Question {
  readonly id: number;
  readonly task: string;
  readonly given: unknown;
}

/** What the program answers. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** Resident memory, in bytes. */
export interface Memory {
  readonly now: number;
  /** The most since it was last asked for; it is not watched before that. */
  readonly peak: number;
}

type Task = (given: never) => unknown;

/** How often memory is looked at for its peak, in milliseconds. */
const LOOK_MS = 20;

/** Answers what the bench asks, until it disconnects. */
export function answerTasks(tasks: Readonly<Record<string, Task>>): void {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, memoryUsage.rss());
  };
  let looking: NodeJS.Timeout | undefined;
  const all: Readonly<Record<string, Task>> = {
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    },
    memory: ({ collect }: { collect: boolean }): Memory => {
      // Not before anybody asks: looking costs time.
      if (!looking) looking = setInterval(look, LOOK_MS).unref();
      look();
      const before = peak;
      if (collect) globalThis.gc?.();
      peak = 0;
      look();
      return { now: peak, peak: before };
    },
    ...tasks,
  };
  process.on('message', ({ id, task, given }: Question) => {
    void (async () => {
      try {
        const answer: Answer = { id, value: await all[task]?.(given as never) };
        process.send?.(answer);
      } catch (error) {
        process.send?.({ id, error: error instanceof Error ? error.message : String(error) } satisfies Answer);
      }
    })();
  });
  process.on('disconnect', () => process.exit(0));
}
