import type { SubjectHost } from '../subject.ts';
import { Activity } from './activity.ts';
import type { ApiClient } from './api/client.ts';
import type { JobPayload } from './api/job-payload.ts';
import { type PollResult, requestJob } from './api/jobs.ts';
import { runJob } from './job/run-job.ts';
import type { RunnerLog } from './log.ts';
import type { JobAtWork, PollOutcome } from './policies/job-policies.ts';

/** A runner that was refused this often in a row is not asked for a while, in milliseconds. */
const UNHEALTHY_REFUSALS = 3;
const UNHEALTHY_MS = 60 * 60_000;
const DEFAULT_CHECK_INTERVAL_S = 3;

/** What ends a runner, from the gentlest. A later one aborts the earlier ones, too. */
export interface LifeSignals {
  /** No more jobs. */
  readonly quit: AbortSignal;
  /** No more of the running jobs, either. */
  readonly halt: AbortSignal;
  /** It did not stop in time. */
  readonly kill: AbortSignal;
}

/** What the poll loop works with. */
export interface PollContext {
  readonly host: SubjectHost;
  readonly api: ApiClient;
  readonly log: RunnerLog;
  readonly life: LifeSignals;
}

/** Asks for jobs at the check interval and runs them, until it is told to stop and no job runs any more. */
export class PollLoop {
  readonly #context: PollContext;
  readonly #jobs = new Map<number, Promise<void>>();
  readonly #atWork = new Set<JobAtWork>();
  #refusals = 0;
  /** Polls in a row that brought no usable answer. */
  #failures = 0;

  constructor(context: PollContext) {
    this.#context = context;
  }

  /** Whether a job is running. */
  get busy(): boolean {
    return this.#jobs.size > 0;
  }

  async run(): Promise<void> {
    const { host, life } = this.#context;
    try {
      await Activity.run(host.clock, (activity) => this.#poll(activity));
    } catch (error) {
      if (!life.quit.aborted) throw error;
    } finally {
      await Promise.all(this.#jobs.values());
    }
  }

  async #poll(activity: Activity): Promise<void> {
    const { life } = this.#context;
    const { api, log } = this.#context.api.followed(this.#context.log);
    const { config, behaviour } = api;
    const line = behaviour.poll.says(config);
    if (line !== undefined) log('info', line);
    const quit = AbortSignal.any([life.quit, life.kill]);
    let before: PollOutcome | undefined;
    while (!quit.aborted) {
      while (this.#jobs.size >= behaviour.poll.atOnce(config.concurrent ?? 1)) {
        await activity.rest(() => Promise.race([...this.#jobs.values(), aborted(quit)]));
        quit.throwIfAborted();
      }
      const polled = await requestJob(api, log, activity, { stop: life.quit, kill: life.kill });
      const outcome = outcomeOf(polled);
      if (polled.job && behaviour.poll.takes(before)) this.#start(polled.job);
      if (!behaviour.poll.goesOn(outcome)) return activity.rest(() => aborted(quit));
      before = outcome;
      this.#refusals = polled.result.status === 403 ? this.#refusals + 1 : 0;
      // Whoever got a job asks for the next at once, as the real runner does to fill its slots.
      if (polled.job) continue;
      const interval = (config.checkInterval || DEFAULT_CHECK_INTERVAL_S) * 1000;
      this.#failures = outcome.got === 'error' || outcome.got === 'refusal' ? this.#failures + 1 : 0;
      const wait = behaviour.poll.waits(interval, this.#failures);
      await activity.sleep(this.#refusals >= UNHEALTHY_REFUSALS ? UNHEALTHY_MS : wait, quit);
    }
  }

  #start(job: JobPayload): void {
    const { host, life, log } = this.#context;
    let slot = 0;
    while (this.#jobs.has(slot)) slot++;
    const signals = { stop: life.halt, kill: life.kill };
    const done = Activity.run(host.clock, (activity) =>
      runJob({ ...this.#context, activity, signals, slot, atWork: this.#atWork }, job),
    )
      .catch((error: unknown) => {
        if (!life.halt.aborted) log('error', `Job failed (system failure): ${String(error)}`, { job: job.id });
      })
      .finally(() => this.#jobs.delete(slot));
    this.#jobs.set(slot, done);
  }
}

function outcomeOf({ job, result }: PollResult): PollOutcome {
  if (job) return { got: 'job' };
  if (result.status === 204) return { got: 'nothing' };
  if (!result.error) return { got: 'refusal', status: result.status };
  return { got: 'error', proxyStatus: result.error.status, proxyUnreachable: result.error.stage === 'proxy-dial' };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
