import { plainLine } from '../diagnosis/documents/log/plain.ts';
import type { JobSpec, JobStatus, MockGitlab } from '../gitlab/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { JobView, QueuedJobs } from './protocol.ts';

/** Jobs that are listed, the newest; and of each trace so many lines. */
const MOST_JOBS = 100;
const TAIL_LINES = 12;

/** The jobs that were queued in a lab. */
export class LabJobs {
  readonly #gitlab: MockGitlab;
  readonly #ledger: Ledger;
  readonly #jobs = new Map<number, { readonly name: string | undefined; readonly status: JobStatus }>();

  constructor(gitlab: MockGitlab, ledger: Ledger) {
    this.#gitlab = gitlab;
    this.#ledger = ledger;
  }

  /** @throws Error when the job makes no sense, or names a repository that is not there */
  queue(spec: JobSpec, name?: string): QueuedJobs['jobs'][number] {
    const status = this.#gitlab.queue(spec);
    this.#jobs.set(status.id, { name, status });
    if (this.#jobs.size > MOST_JOBS) {
      const [oldest] = this.#jobs.keys();
      if (oldest !== undefined) this.#jobs.delete(oldest);
    }
    return { id: status.id, name: name ?? `job ${status.id}`, spec };
  }

  /** @throws RangeError when there is no such job */
  cancel(id: number): void {
    this.#gitlab.cancel(id, 'canceled');
  }

  /** Its trace so far, without secrets. @throws RangeError when there is no such job */
  trace(id: number): string {
    return this.#shown(this.#gitlab.job(id).trace);
  }

  get all(): readonly JobView[] {
    return [...this.#jobs].map(([id, { name, status }]) => ({
      id,
      ...(name === undefined ? {} : { name }),
      state: status.state,
      tail: this.#shown(status.trace.split('\n').slice(-TAIL_LINES).join('\n')),
    }));
  }

  #shown(trace: string): string {
    return this.#ledger.secrets.redactPart(trace.split('\n').map(plainLine).join('\n'));
  }
}
