import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../clock/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { newJobToken } from '../new-token.ts';
import type { JobSpec } from '../spec.ts';
import { Job } from './job.ts';
import { Polls } from './polls.ts';

/** How a request for a job is answered. */
export interface JobReplies {
  /** Hands a job out. */
  give(res: ServerResponse, job: Job): void;
  /** Says that there is no job. */
  nothing(res: ServerResponse): void;
}

const FIRST_ID = 4001;

const newLastUpdate = (): string => randomBytes(16).toString('hex');

/** The jobs of one mock GitLab, and the requests that wait for one. */
export class Jobs {
  readonly #jobs = new Map<number, Job>();
  readonly #byToken = new Map<string, Job>();
  readonly #pending: Job[] = [];
  readonly #polls: Polls | undefined;
  readonly #ledger: Ledger;
  readonly #replies: JobReplies;
  #lastUpdate = newLastUpdate();

  /** @param of.holdMs how long a request is held when there is no job, in milliseconds; 0 answers at once */
  constructor(of: { clock: Clock; ledger: Ledger; holdMs: number; replies: JobReplies }) {
    this.#ledger = of.ledger;
    this.#replies = of.replies;
    this.#polls = of.holdMs > 0 ? new Polls(of.clock, of.holdMs, (res) => of.replies.nothing(res)) : undefined;
  }

  /** Queues a job; a request that is held gets it at once. */
  queue(spec: JobSpec): Job {
    const job = this.#add(spec);
    this.#lastUpdate = newLastUpdate();
    const waiting = this.#polls?.shift();
    if (waiting) this.#handOut(waiting, job);
    else this.#pending.push(job);
    return job;
  }

  /** Answers a request for a job, now or when there is one. */
  request(res: ServerResponse): void {
    for (let job = this.#pending.shift(); job; job = this.#pending.shift()) {
      if (job.over) continue;
      this.#handOut(res, job);
      return;
    }
    if (this.#polls) this.#polls.hold(res);
    else this.#replies.nothing(res);
  }

  find(id: number): Job | undefined {
    return this.#jobs.get(id);
  }

  /** @throws RangeError when there is no such job */
  get(id: number): Job {
    const job = this.find(id);
    if (!job) throw new RangeError(`There is no job ${id}; the ids of jobs are what \`queue\` gives back.`);
    return job;
  }

  findByToken(token: string): Job | undefined {
    return this.#byToken.get(token);
  }

  releaseLongPolls(): void {
    this.#polls?.releaseAll();
  }

  /** `X-GitLab-Last-Update`: another value whenever a job was queued. */
  get lastUpdate(): string {
    return this.#lastUpdate;
  }

  #add(spec: JobSpec): Job {
    const id = FIRST_ID + this.#jobs.size;
    const token = newJobToken(this.#ledger.secrets);
    for (const value of Object.values(spec.maskedVariables ?? {})) this.#ledger.secrets.add('masked-variable', value);
    const job = new Job({ id, token, spec, ledger: this.#ledger });
    this.#jobs.set(id, job);
    this.#byToken.set(token, job);
    return job;
  }

  #handOut(res: ServerResponse, job: Job): void {
    job.handOut();
    this.#replies.give(res, job);
  }
}
