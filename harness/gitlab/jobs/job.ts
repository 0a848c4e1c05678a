import type { Ledger } from '../../ledger/index.ts';
import type { JobStatus } from '../handle.ts';
import type { JobSpec } from '../spec.ts';
import { ReceivedTrace } from './trace.ts';

/** The final part of a job's update, as a runner sends it. */
export interface JobEnding {
  readonly state: 'success' | 'failed';
  readonly failureReason?: string;
  /** The runner's checksum of the trace, when it gives one. */
  readonly checksum?: string;
  /** Of the script, when the runner gives it. */
  readonly exitCode?: number;
}

/** A job from queue to end. It records what becomes of it. */
export class Job implements JobStatus {
  readonly id: number;
  readonly token: string;
  readonly spec: JobSpec;
  readonly received = new ReceivedTrace();
  /** How often the runner was told to come again because its trace is not whole. */
  askedAgain = 0;
  readonly #ledger: Ledger;
  #state: JobStatus['state'] = 'pending';
  #canceling = false;
  #acknowledged = false;

  constructor(of: { id: number; token: string; spec: JobSpec; ledger: Ledger }) {
    this.id = of.id;
    this.token = of.token;
    this.spec = of.spec;
    this.#ledger = of.ledger;
    this.#ledger.record('gitlab', { kind: 'job', job: this.id, what: 'queued', state: this.#state });
  }

  get state(): JobStatus['state'] {
    return this.#state;
  }

  get trace(): string {
    return this.received.text;
  }

  get over(): boolean {
    return this.#state !== 'pending' && this.#state !== 'running';
  }

  /** What a runner is told in `Job-Status`. */
  get announcedStatus(): string {
    return this.#canceling && !this.over ? 'canceling' : this.#state;
  }

  handOut(): void {
    this.#state = 'running';
    this.#ledger.record('gitlab', { kind: 'job', job: this.id, what: 'handed-out', state: this.#state });
  }

  /** The runner says that it runs: the second phase of the start, or a sign of life. */
  acknowledge(): void {
    if (this.#acknowledged) return;
    this.#acknowledged = true;
    this.#ledger.record('gitlab', { kind: 'job', job: this.id, what: 'running', state: this.#state });
  }

  appendTrace(part: Buffer): void {
    const start = this.received.bytes;
    this.received.append(part);
    this.#ledger.record('gitlab', {
      kind: 'job',
      job: this.id,
      what: 'trace',
      range: [start, this.received.bytes],
    });
  }

  finish({ state, failureReason, checksum, exitCode }: JobEnding): void {
    this.#state = this.#canceling ? 'canceled' : state;
    this.#ledger.record('gitlab', {
      kind: 'job',
      job: this.id,
      what: 'finished',
      state: this.#state,
      ...(failureReason === undefined ? {} : { failureReason }),
      trace: this.received.record(),
      ...(checksum === undefined ? {} : { checksumMatches: checksum === this.received.checksum }),
      ...(exitCode === undefined ? {} : { exitCode }),
      ...endingOf(this.spec),
    });
  }

  /** Ends the job now (`canceled`), or asks the runner to end it (`canceling`). */
  cancel(how: 'canceling' | 'canceled'): void {
    if (this.over) return;
    this.#canceling = true;
    if (how === 'canceled' || this.#state === 'pending') this.#state = 'canceled';
    this.#ledger.record('gitlab', { kind: 'job', job: this.id, what: 'canceled', state: this.announcedStatus });
  }
}

/** The exit code that a script's last line names. */
function endingOf({ script = [] }: JobSpec): { exits?: number } {
  const [, code] = /^\s*exit (\d+)\s*$/.exec(script.at(-1) ?? '') ?? [];
  return code === undefined ? {} : { exits: Number(code) };
}
