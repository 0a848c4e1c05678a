import { stat } from 'node:fs/promises';
import type { Clock } from '../../../clock/index.ts';
import type { RunnerConfig, RunningSubject, Subject } from '../../subject.ts';

/** How often the configuration is looked at, in milliseconds: as gitlab-runner's ReloadConfigInterval. */
const RELOAD_MS = 3_000;

/** A runner that is a service: it goes on with the configuration that stands in its file. */
export interface ServiceOptions {
  readonly clock: Clock;
  readonly subject: Pick<Subject, 'run'>;
  readonly configFile: string;
  /** Reads the file; undefined when there is no runner in it. */
  readonly read: () => Promise<RunnerConfig | undefined>;
  /** Says what the configuration's fate is. */
  readonly say: (level: 'info' | 'error', msg: string) => void;
  /** No more jobs; the running ones may end. */
  readonly quit: AbortSignal;
  /** The running jobs end, too. */
  readonly halt: AbortSignal;
}

/**
 * Polls as config.toml says, and anew whenever that has changed; one that cannot be read leaves what was before.
 * @returns the exit code
 */
export async function serve(options: ServiceOptions): Promise<number> {
  const { configFile, read, say, quit, halt } = options;
  let config: RunnerConfig | undefined;
  for (;;) {
    const seen = await changedAt(configFile);
    try {
      config = await read();
      say('info', config ? 'Configuration loaded' : 'Configuration loaded; there is no runner in it');
    } catch (error) {
      if (seen === undefined && !config) throw error;
      say('error', `Failed to load config: ${(error as Error).message}`);
    }
    const running = config ? await options.subject.run(config) : undefined;
    const next = await meanwhile(options, running, seen);
    if (next === 'crashed') return 1;
    const force = (): void => void running?.stop('forced').catch(() => {});
    halt.addEventListener('abort', force, { once: true });
    await running?.stop(halt.aborted ? 'forced' : 'graceful');
    halt.removeEventListener('abort', force);
    if (next === 'stop' || quit.aborted) return 0;
  }
}

/** Waits until the file is another, the runner has ended by itself, or it is told to stop. */
async function meanwhile(
  { clock, configFile, quit }: ServiceOptions,
  running: RunningSubject | undefined,
  seen: number | undefined,
): Promise<'changed' | 'crashed' | 'stop'> {
  let ended = false;
  void running?.ended.then(() => {
    ended = true;
  });
  while (!quit.aborted) {
    await Promise.race([clock.sleep(RELOAD_MS, quit), running?.ended ?? never]).catch(() => {});
    if (quit.aborted) break;
    if (ended) return 'crashed';
    if ((await changedAt(configFile)) !== seen) return 'changed';
  }
  return 'stop';
}

const never = new Promise<never>(() => {});

/** When the file was last changed, in milliseconds since the epoch; undefined when it is not there. */
const changedAt = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
