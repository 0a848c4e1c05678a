import { join } from 'node:path';
import type { SubjectHost } from '../../subject.ts';
import type { Activity } from '../activity.ts';
import type { ApiClient } from '../api/client.ts';
import type { JobPayload } from '../api/job-payload.ts';
import { userAgent } from '../api/payload.ts';
import type { CallSignals } from '../http/retrying.ts';
import type { RunnerLog } from '../log.ts';
import { type ArtifactContext, downloadArtifact, uploadArtifact } from './artifacts.ts';
import { exports, jobVariables, secretsOf } from './environment.ts';
import { getSourcesScript, type Sources } from './get-sources.ts';
import { runStage } from './shell.ts';
import { quote } from './shell-quote.ts';
import { Trace } from './trace.ts';
import { type JobEnd, TraceSender } from './trace-sender.ts';

const DEFAULT_TIMEOUT_S = 3_600;

/** What a job is run with. */
export interface JobContext {
  readonly host: SubjectHost;
  readonly api: ApiClient;
  readonly log: RunnerLog;
  readonly activity: Activity;
  readonly signals: CallSignals;
  /** Counts the jobs that run at the same time, from 0: each has a directory of its own, used again by the next. */
  readonly slot: number;
}

/** Why a job failed, for GitLab. */
class JobFailure extends Error {
  readonly reason: string;
  readonly exitCode: number | undefined;

  constructor(message: string, reason: string, exitCode?: number) {
    super(message);
    this.name = 'JobFailure';
    this.reason = reason;
    this.exitCode = exitCode;
  }
}

/**
 * Runs one job with the shell executor: sources, artifacts of earlier jobs, script, artifacts; trace and end are sent.
 * @throws the signal's reason, when it aborts
 */
export async function runJob(context: JobContext, job: JobPayload): Promise<void> {
  const { host, api, log, activity, signals, slot } = context;
  const { behaviour, config } = api;
  const project = (job.variables ?? []).find((each) => each.key === 'CI_PROJECT_PATH')?.value || 'project';
  const projectDir = join(host.dir, 'builds', String(slot), project);
  const tmpDir = `${projectDir}.tmp`;
  const own = {
    CI_SERVER: 'yes',
    CI_BUILDS_DIR: join(host.dir, 'builds'),
    CI_PROJECT_DIR: projectDir,
    CI_CONCURRENT_ID: String(slot),
    CI_RUNNER_VERSION: behaviour.version,
  };
  const variables = await jobVariables(config, job, own, tmpDir);
  const secrets = secretsOf(config, job, variables);
  const trace = new Trace(behaviour.trace.masks(secrets));
  const over = new AbortController();
  const ends = AbortSignal.any([over.signal, signals.stop, signals.kill]);
  const sender = new TraceSender({
    clock: host.clock,
    api,
    log,
    job,
    trace,
    signals,
    onCancel: (how) => over.abort(new JobFailure(`job ${how === 'aborted' ? 'aborted' : 'canceled'}`, 'job_canceled')),
  });
  const run = new JobRun({ ...context, signals: { stop: ends, kill: signals.kill } }, job, {
    variables,
    projectDir,
    tmpDir,
    trace,
    sender,
    signal: ends,
  });
  const timeout = job.runner_info?.timeout ?? DEFAULT_TIMEOUT_S;
  const done = new AbortController();
  host.clock.sleep(timeout * 1000, done.signal).then(
    () => over.abort(new JobFailure(`execution took longer than ${timeout}s seconds`, 'job_execution_timeout')),
    () => {},
  );
  sender.start();
  for (const line of behaviour.trace.says(secrets)) trace.writeRaw(`${line}\n`);
  trace.write(`Running with gitlab-runner ${behaviour.version} (reference)\n`);
  let end: JobEnd;
  try {
    await run.stages();
    trace.write('Job succeeded\n');
    log('info', 'Job succeeded', { job: job.id });
    end = { state: behaviour.job.reports(true) };
  } catch (error) {
    if (signals.stop.aborted || signals.kill.aborted) throw error;
    const failure = error instanceof JobFailure ? error : new JobFailure(String(error), 'runner_system_failure');
    trace.write(`ERROR: Job failed: ${failure.message}\n`);
    log('warning', `Job failed: ${failure.message}`, { job: job.id });
    const state = behaviour.job.reports(false);
    end = state === 'success' ? { state } : { state, failureReason: failure.reason, exitCode: failure.exitCode };
  } finally {
    done.abort();
  }
  trace.flush();
  await activity.rest(() => sender.finish(end));
}

interface Workplace {
  readonly variables: ReadonlyMap<string, string>;
  readonly projectDir: string;
  readonly tmpDir: string;
  readonly trace: Trace;
  readonly sender: TraceSender;
  readonly signal: AbortSignal;
}

/** The stages of one job, in order. */
class JobRun {
  readonly #context: JobContext;
  readonly #job: JobPayload;
  readonly #place: Workplace;

  constructor(context: JobContext, job: JobPayload, place: Workplace) {
    this.#context = context;
    this.#job = job;
    this.#place = place;
  }

  async stages(): Promise<void> {
    await this.#getSources();
    for (const dependency of this.#job.dependencies ?? []) {
      if (!(await downloadArtifact(this.#artifacts(), dependency))) {
        throw new JobFailure('downloading artifacts failed', 'script_failure', 1);
      }
    }
    // What a stage printed is sent when it is done, so a trace has several chunks even when no time passes.
    await this.#sent();
    const failure = await this.#script();
    await this.#sent();
    await this.#uploads(failure === undefined);
    if (failure) throw failure;
  }

  async #getSources(): Promise<void> {
    const sources = this.#sources();
    if (!sources) return this.#print('Skipping Git repository setup');
    this.#print('Getting source from Git repository');
    const { variables } = this.#place;
    const script = getSourcesScript(exports(variables), sources, this.#context.api.behaviour.git);
    const code = await this.#run('get_sources', script, this.#context.host.dir);
    if (code !== 0) throw exit(code, 'runner_system_failure');
  }

  /** @returns why it failed, or undefined */
  async #script(): Promise<JobFailure | undefined> {
    let failure: JobFailure | undefined;
    for (const { name, script, when, allow_failure } of this.#job.steps ?? []) {
      const after = name === 'after_script';
      if ((when ?? 'on_success') === (failure ? 'on_success' : 'on_failure')) continue;
      this.#print(`Executing "${after ? 'after_script' : 'step_script'}" stage of the job script`);
      const lines = (script ?? []).flatMap((line) => [`printf '%s\\n' ${quote(`$ ${line}`)}`, line]);
      const text = [...exports(this.#place.variables), ...lines, ''].join('\n');
      const code = await this.#run(after ? 'after_script' : `step_${name}`, text, this.#place.projectDir);
      if (code !== 0 && !after && !allow_failure) failure ??= exit(code, 'script_failure');
    }
    return failure;
  }

  async #uploads(succeeded: boolean): Promise<void> {
    for (const artifact of this.#job.artifacts ?? []) {
      const when = artifact.when || 'on_success';
      if (when !== 'always' && (when === 'on_success') !== succeeded) continue;
      const uploaded = await uploadArtifact(this.#artifacts(), this.#job, artifact);
      if (!uploaded && succeeded) throw new JobFailure('uploading artifacts failed', 'script_failure', 1);
    }
  }

  #run(name: string, script: string, cwd: string): Promise<number | null> {
    const { trace, tmpDir, signal } = this.#place;
    const { host, api } = this.#context;
    return runStage(host, {
      name,
      script: `set -eo pipefail\n${script}`,
      env: api.config.env,
      cwd,
      scriptDir: tmpDir,
      output: (chunk) => trace.write(chunk),
      signal,
    });
  }

  #artifacts(): ArtifactContext {
    const { projectDir, tmpDir } = this.#place;
    return { ...this.#context, projectDir, tmpDir, print: (line) => this.#print(line) };
  }

  #sources(): Sources | undefined {
    const { variables, projectDir, tmpDir } = this.#place;
    const { api } = this.#context;
    const info = this.#job.git_info;
    const strategy = variables.get('GIT_STRATEGY') ?? (this.#job.allow_git_fetch ? 'fetch' : 'clone');
    if (!info || strategy === 'none') return undefined;
    const submodules = variables.get('GIT_SUBMODULE_STRATEGY');
    const refspecs = info.refspecs ?? [];
    return {
      url: info.repo_url,
      ref: info.ref,
      sha: info.sha,
      refspecs: refspecs.length > 0 ? refspecs : ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'],
      depth: info.depth ?? 0,
      strategy: strategy === 'clone' ? 'clone' : 'fetch',
      submodules: submodules === 'normal' || submodules === 'recursive' ? submodules : 'none',
      lfs: !/^(1|true)$/i.test(variables.get('GIT_LFS_SKIP_SMUDGE') ?? ''),
      userAgent: userAgent(api.behaviour),
      hook: api.config.getSourcesHook,
      caFile: variables.get('CI_SERVER_TLS_CA_FILE'),
      projectDir,
      templateDir: join(tmpDir, 'git-template'),
    };
  }

  #sent(): Promise<void> {
    this.#place.trace.flush();
    return this.#context.activity.rest(() => this.#place.sender.flush());
  }

  #print(line: string): void {
    this.#place.trace.write(`${line}\n`);
  }
}

const exit = (code: number | null, reason: string): JobFailure =>
  new JobFailure(`exit status ${code ?? 'unknown'}`, reason, code ?? 1);
