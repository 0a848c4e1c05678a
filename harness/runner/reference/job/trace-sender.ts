import type { Clock } from '../../../clock/index.ts';
import { headerOf } from '../../../ledger/index.ts';
import { Activity } from '../activity.ts';
import type { ApiClient } from '../api/client.ts';
import { type JobReference, type JobUpdate, patchTrace, remoteState, updateJob } from '../api/jobs.ts';
import type { CallSignals } from '../http/retrying.ts';
import type { RunnerLog } from '../log.ts';
import type { JobEnd } from '../policies/job-policies.ts';
import type { SentTrace } from './trace.ts';

const UPDATE_INTERVAL_MS = 3_000;
/** How often the end of a job is tried to be told, and how often GitLab may say that it is still at work on it. */
const FINAL_TRIES = 10;
const FINAL_ACCEPTED = 100;

interface Options {
  readonly clock: Clock;
  readonly api: ApiClient;
  readonly log: RunnerLog;
  readonly job: { readonly id: number; readonly token: () => string };
  readonly trace: SentTrace;
  readonly signals: CallSignals;
  /** GitLab wants no more of this job, or wants it to end. */
  readonly onCancel: (how: 'canceling' | 'aborted') => void;
}

const reference = ({ id, token }: Options['job']): JobReference => ({ id, token: token() });

type Sent = 'sent' | 'failed' | 'ended';

/** Sends a trace chunk by chunk, at the update interval and whenever a stage is done, and at last the job's end. */
export class TraceSender {
  readonly #options: Options;
  #interval = UPDATE_INTERVAL_MS;
  /** What is or will be sent, and how much of it has been. */
  #outgoing: Buffer = Buffer.alloc(0);
  #chunks = 0;
  #sent = 0;
  #lastSent = 0;
  #unwanted = false;
  #kick = new AbortController();
  #flushed: (() => void)[] = [];
  #end: JobEnd | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  start(): void {
    const { clock } = this.#options;
    this.#lastSent = clock.elapsed();
    this.#loop = Activity.run(clock, (activity) => this.#run(activity)).finally(() => {
      for (const each of this.#flushed.splice(0)) each();
    });
    this.#loop.catch(() => {});
  }

  /** Tells that the job runs, in a call beside those of the trace. */
  tellStart(): Promise<unknown> {
    return Activity.run(this.#options.clock, (activity) => this.#update(activity, { state: 'running' }));
  }

  /** Resolves when what was printed so far has been sent, or could not be. */
  flush(): Promise<void> {
    if (this.#unwanted) return Promise.resolve();
    return new Promise((resolve) => {
      this.#flushed.push(resolve);
      this.#kick.abort();
    });
  }

  /**
   * Sends the rest and the job's end.
   * @throws the signal's reason, when it aborts
   */
  async finish(end: JobEnd): Promise<void> {
    this.#end = end;
    this.#kick.abort();
    await this.#loop;
  }

  async #run(activity: Activity): Promise<void> {
    const { api, signals } = this.#options;
    for (;;) {
      const wakes = AbortSignal.any([this.#kick.signal, signals.stop, signals.kill]);
      await activity.sleep(api.behaviour.trace.waits(this.#interval), wakes).catch(() => {});
      signals.stop.throwIfAborted();
      if (this.#end) break;
      this.#kick = new AbortController();
      const waiting = this.#flushed.splice(0);
      await this.#sendTrace(activity);
      await this.#keepAlive(activity);
      for (const each of waiting) each();
    }
    await this.#tellEnd(activity, this.#end);
  }

  /** Sends all there is, or as much as can be. */
  async #sendTrace(activity: Activity): Promise<Sent> {
    const { trace, api } = this.#options;
    const chunk = trace.take();
    if (chunk.length > 0) {
      this.#outgoing = Buffer.concat([this.#outgoing, api.behaviour.trace.sends(chunk, this.#chunks++)]);
    }
    while (this.#sent < this.#outgoing.length && !this.#unwanted) {
      const sent = await this.#sendPatch(activity);
      if (sent !== 'sent') return sent;
    }
    return 'sent';
  }

  async #sendPatch(activity: Activity): Promise<Sent> {
    const { api, job, log, signals } = this.#options;
    const { partBytes, countsAsSent } = api.behaviour.trace;
    const content = this.#outgoing.subarray(this.#sent, this.#sent + partBytes);
    const result = await patchTrace(api, reference(job), content, this.#sent, activity, signals);
    const remote = remoteState(result);
    const what = 'Appending trace to coordinator...';
    this.#interval = remote.updateInterval ?? this.#interval;
    if (remote.canceling) this.#options.onCancel('canceling');
    if (remote.aborted || result.status === 404) {
      log('warning', `${what} ${remote.aborted ? 'job failed' : 'not-found'}`, { job: job.id, code: result.status });
      this.#unwanted = true;
      if (remote.aborted) this.#options.onCancel('aborted');
      return 'ended';
    }
    if (api.behaviour.trace.takesForSent(result.status)) {
      this.#sent += countsAsSent(content.length, partBytes);
      this.#lastSent = activity.clock.elapsed();
      return 'sent';
    }
    if (result.status === 416) {
      const end = /^\d+-(\d+)$/.exec(headerOf(result.answer?.headers ?? [], 'Range') ?? '')?.[1];
      log('warning', `${what} range mismatch`, { job: job.id, code: 416 });
      this.#sent = Math.min(api.behaviour.trace.goesOnFrom(Number(end ?? 0)), this.#outgoing.length);
      return 'failed';
    }
    if (result.error) log('error', `${what} error ${result.text}`, { job: job.id });
    else log('warning', `${what} failed`, { job: job.id, code: result.status, status: result.text });
    return 'failed';
  }

  async #keepAlive(activity: Activity): Promise<void> {
    const { silentMs } = this.#options.api.behaviour.trace;
    if (this.#unwanted || activity.clock.elapsed() - this.#lastSent <= silentMs) return;
    const answer = await this.#update(activity, { state: 'running' });
    if (answer === 'ok') this.#lastSent = activity.clock.elapsed();
    if (answer === 'abort') this.#options.onCancel('aborted');
  }

  async #tellEnd(activity: Activity, end: JobEnd): Promise<void> {
    const { api, log, job, signals } = this.#options;
    this.#interval = UPDATE_INTERVAL_MS;
    if (!api.behaviour.trace.restBeforeEnd) await this.#update(activity, end);
    for (let tries = 0, accepted = 0; tries < FINAL_TRIES && accepted < FINAL_ACCEPTED; ) {
      const sent = await this.#sendTrace(activity);
      const answer = sent === 'failed' ? 'failed' : await this.#update(activity, end);
      if (answer === 'ok' || answer === 'abort') return;
      if (answer === 'invalid') this.#sent = 0;
      if (answer === 'accepted') accepted++;
      else tries++;
      await activity.sleep(this.#interval, AbortSignal.any([signals.stop, signals.kill]));
    }
    log('error', 'Submitting job to coordinator... gave up', { job: job.id });
  }

  async #update(
    activity: Activity,
    update: Pick<JobUpdate, 'state' | 'failureReason' | 'exitCode'>,
  ): Promise<'ok' | 'accepted' | 'invalid' | 'abort' | 'failed'> {
    const { api, job, log, trace, signals } = this.#options;
    const output = { checksum: trace.checksum, bytesize: trace.size };
    const result = await updateJob(api, reference(job), { ...update, ...output }, activity, signals);
    const remote = remoteState(result);
    const what = 'Submitting job to coordinator...';
    this.#interval = remote.updateInterval ?? this.#interval;
    if (remote.canceling && update.state === 'running') this.#options.onCancel('canceling');
    const fields = { job: job.id, code: result.status, status: result.text };
    if (remote.aborted || result.status === 404) {
      log('warning', `${what} ${result.status === 404 ? 'not found' : 'job failed'}`, fields);
      return 'abort';
    }
    if (api.behaviour.trace.takesForTold(result.status)) return 'ok';
    if (result.status === 202) return 'accepted';
    if (result.status === 412) return 'invalid';
    log('warning', `${what} failed`, fields);
    return 'failed';
  }
}
