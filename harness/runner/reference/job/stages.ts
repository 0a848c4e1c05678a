import type { JobCache, JobPayload } from '../api/job-payload.ts';
import { userAgent } from '../api/payload.ts';
import type { ExecutorContext, JobExecutor } from './executor.ts';
import { JobFailure } from './failure.ts';
import { getSourcesScript, type Sources } from './get-sources.ts';
import { quote } from './shell-quote.ts';

/** The stages of one job, in order, wherever they run. */
export class JobStages {
  readonly #context: ExecutorContext;
  readonly #executor: JobExecutor;
  /** Sends what the trace has so far. */
  readonly #sent: () => Promise<void>;

  constructor(context: ExecutorContext, executor: JobExecutor, sent: () => Promise<void>) {
    this.#context = context;
    this.#executor = executor;
    this.#sent = sent;
  }

  /** @throws JobFailure */
  async run(): Promise<void> {
    await this.#executor.prepare();
    await this.#getSources();
    for (const cache of this.#caches('pull')) await this.#executor.caches?.restore(cache);
    for (const dependency of this.#job.dependencies ?? []) {
      if (!(await this.#executor.download(dependency)) && this.#fails('download')) {
        throw new JobFailure('downloading artifacts failed', 'script_failure', 1);
      }
    }
    // What a stage printed is sent when it is done, so a trace has several chunks even when no time passes.
    await this.#sent();
    const failure = await this.#script();
    await this.#sent();
    for (const cache of this.#caches('push', failure === undefined)) await this.#executor.caches?.save(cache);
    await this.#uploads(failure === undefined);
    if (failure) throw failure;
  }

  get #job(): JobPayload {
    return this.#context.job;
  }

  async #getSources(): Promise<void> {
    const { api, print } = this.#context;
    const sources = this.#sources();
    if (!sources) return print('Skipping Git repository setup');
    print('Getting source from Git repository');
    const { hookOf } = this.#executor;
    const elsewhere = hookOf === 'job' && sources.hook !== undefined && api.behaviour.git.hook !== 'never';
    if (elsewhere) await this.#executor.run({ name: 'get_sources_hook', script: sources.hook ?? '', of: hookOf });
    const script = getSourcesScript(elsewhere ? { ...sources, hook: undefined } : sources, api.behaviour.git);
    for (let left = attempts(this.#context.variables.values.get('GET_SOURCES_ATTEMPTS')); ; left--) {
      const code = await this.#executor.run({ name: 'get_sources', script, of: 'runner' });
      if (code === 0) return;
      if (left <= 1) throw exit(code, 'runner_system_failure');
    }
  }

  /** @returns why it failed, or undefined */
  async #script(): Promise<JobFailure | undefined> {
    const { config, behaviour } = this.#context.api;
    let failure: JobFailure | undefined;
    for (const { name, script, when, allow_failure } of this.#job.steps ?? []) {
      const after = name === 'after_script';
      if ((when ?? 'on_success') === (failure ? 'on_success' : 'on_failure')) continue;
      if (after && !behaviour.job.runsAfterScript(failure !== undefined)) continue;
      this.#context.print(`Executing "${after ? 'after_script' : 'step_script'}" stage of the job script`);
      const before = after || config.preBuildScript === undefined ? [] : [config.preBuildScript];
      const lines = [
        ...before.flatMap((line) => echoed(line, behaviour.job.writes(line, 'pre_build_script'))),
        ...(script ?? []).flatMap((line) =>
          echoed(line, behaviour.job.writes(line, after ? 'after_script' : 'script')),
        ),
      ];
      const code = await this.#executor.run({
        name: after ? 'after_script' : `step_${name}`,
        script: [...lines, ''].join('\n'),
        of: 'job',
      });
      if (after && behaviour.job.afterScriptDecides(code))
        failure = code === 0 ? undefined : exit(code, 'script_failure');
      if (code !== 0 && !after && !allow_failure) failure ??= exit(code, 'script_failure');
    }
    return failure;
  }

  async #uploads(succeeded: boolean): Promise<void> {
    for (const artifact of this.#job.artifacts ?? []) {
      if (!isDue(artifact.when, succeeded)) continue;
      const uploaded = await this.#executor.upload(artifact);
      if (!uploaded && succeeded && this.#fails('upload'))
        throw new JobFailure('uploading artifacts failed', 'script_failure', 1);
    }
  }

  #fails(by: 'download' | 'upload'): boolean {
    return this.#context.api.behaviour.job.failsBy(by);
  }

  #caches(way: 'pull' | 'push', succeeded?: boolean): JobCache[] {
    return (this.#job.cache ?? []).filter(
      ({ policy, when }) =>
        (policy || 'pull-push').includes(way) && (succeeded === undefined || isDue(when, succeeded)),
    );
  }

  #sources(): Sources | undefined {
    const { api, place, variables } = this.#context;
    const { values } = variables;
    const info = this.#job.git_info;
    const strategy = values.get('GIT_STRATEGY') ?? (this.#job.allow_git_fetch ? 'fetch' : 'clone');
    if (!info || strategy === 'none') return undefined;
    const submodules = values.get('GIT_SUBMODULE_STRATEGY');
    const refspecs = info.refspecs ?? [];
    return {
      url: info.repo_url,
      ref: info.ref,
      sha: info.sha,
      refspecs: refspecs.length > 0 ? refspecs : ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'],
      depth: info.depth ?? 0,
      strategy: strategy === 'clone' ? 'clone' : 'fetch',
      submodules: submodules === 'normal' || submodules === 'recursive' ? submodules : 'none',
      lfs: !/^(1|true)$/i.test(values.get('GIT_LFS_SKIP_SMUDGE') ?? ''),
      userAgent: userAgent(api.behaviour),
      hook: api.config.getSourcesHook,
      caFile: values.get('CI_SERVER_TLS_CA_FILE'),
      certFile: values.get('CI_SERVER_TLS_CERT_FILE'),
      keyFile: values.get('CI_SERVER_TLS_KEY_FILE'),
      projectDir: place.projectDir,
      templateDir: `${place.tmpDir}/git-template`,
    };
  }
}

/** A line of a script, after the line that shows it. */
const echoed = (line: string, written: string): string[] => [`printf '%s\\n' ${quote(`$ ${line}`)}`, written];

/** How often something is tried that a variable of the job says: from 1, the default, to 10. */
const attempts = (said: string | undefined): number => (/^([1-9]|10)$/.test(said ?? '') ? Number(said) : 1);

const isDue = (when: string | null | undefined, succeeded: boolean): boolean =>
  when === 'always' || ((when || 'on_success') === 'on_success') === succeeded;

const exit = (code: number | null, reason: string): JobFailure =>
  new JobFailure(`exit status ${code ?? 'unknown'}`, reason, code ?? 1);
