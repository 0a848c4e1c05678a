import type { DockerExecutorConfig } from '../../subject.ts';
import type { JobArtifact, JobCache, JobDependency, JobPayload } from '../api/job-payload.ts';
import { expand } from '../job/environment.ts';
import type { ExecutorContext, JobExecutor, StageScript, Workplace } from '../job/executor.ts';
import { JobFailure } from '../job/failure.ts';
import type { DockerPolicy } from '../policies/docker-policy.ts';
import { DockerJob } from './docker-job.ts';
import { shortToken } from './identity.ts';
import { presign } from './presign.ts';
import { runScript } from './run-script.ts';
import { containerScript } from './script.ts';
import { downloadScript, restoreScript, saveScript, uploadScript } from './transfers.ts';
import { CACHE_DIR } from './volumes.ts';

const BUILDS_DIR = '/builds';
const DEFAULT_TIMEOUT_S = 3_600;

/** Where the Docker executor keeps a job's files, in every container of the job. */
export function dockerWorkplace(job: JobPayload): Workplace {
  const project = (job.variables ?? []).find((each) => each.key === 'CI_PROJECT_PATH')?.value || 'project';
  const projectDir = `${BUILDS_DIR}/${project}`;
  return { buildsDir: BUILDS_DIR, projectDir, tmpDir: `${projectDir}.tmp` };
}

/**
 * Runs the stages of a job in containers: the runner's own in the helper container, the job's in the build container.
 * Nothing of the runner's own environment is in them.
 */
export class DockerExecutor implements JobExecutor {
  readonly caches = {
    restore: (cache: JobCache): Promise<void> => this.#restore(cache),
    save: (cache: JobCache): Promise<void> => this.#save(cache),
  };
  readonly #context: ExecutorContext;
  readonly #job: DockerJob;

  constructor(context: ExecutorContext, config: DockerExecutorConfig) {
    this.#context = context;
    this.#job = new DockerJob(context, config);
  }

  get hookOf(): StageScript['of'] {
    return this.#context.api.behaviour.docker.hookIn === 'build' ? 'job' : 'runner';
  }

  prepare(): Promise<void> {
    return this.#job.prepare();
  }

  async run({ script, of }: StageScript): Promise<number> {
    const { place } = this.#context;
    return this.#run(of === 'job' ? 'build' : 'helper', script, of === 'job' ? place.projectDir : undefined);
  }

  async download({ id, token, name }: JobDependency): Promise<boolean> {
    const script = downloadScript({
      ...this.#way('artifacts'),
      url: this.#api(`jobs/${id}/artifacts?direct_download=true`),
      token,
      tokenForAnybody: this.#policy.tokenFor === 'anybody',
      of: `${name ?? 'job'} (${id})`,
      unpacks: this.#policy.unpacks,
    });
    return (await this.#inProject(script)) === 0;
  }

  async upload(artifact: JobArtifact): Promise<boolean> {
    const { job, place } = this.#context;
    const type = artifact.artifact_type || 'archive';
    const query = new URLSearchParams({
      artifact_format: 'zip',
      artifact_type: type,
      ...(artifact.expire_in ? { expire_in: artifact.expire_in } : {}),
    });
    const script = uploadScript({
      ...this.#way('artifacts'),
      url: this.#api(`jobs/${job.id}/artifacts?${query}`),
      token: job.token,
      paths: this.#policy.packs('artifacts', artifact.paths ?? []),
      filename: `${artifact.name || 'artifacts'}.zip`,
      type,
      times: this.#policy.uploadsTimes,
      archive: `${place.tmpDir}/upload-${job.id}.zip`,
      spoils: (archive) => this.#policy.spoils('artifacts', archive),
    });
    return (await this.#inProject(script)) === 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#job[Symbol.asyncDispose]();
  }

  async #restore(cache: JobCache): Promise<void> {
    const key = this.#cacheKey(cache);
    if (key === '') return;
    await this.#inProject(restoreScript(this.#cacheTransfer(key, 'GET')));
  }

  async #save(cache: JobCache): Promise<void> {
    const key = this.#cacheKey(cache);
    if (key === '') return;
    const code = await this.#inProject(
      saveScript({
        ...this.#cacheTransfer(key, 'PUT'),
        paths: this.#policy.packs('cache', cache.paths ?? []),
        spoils: (archive) => this.#policy.spoils('cache', archive),
        keepsAgain: this.#policy.keepsAgain,
      }),
    );
    if (code !== 0 && this.#policy.keepsOrFails) throw new JobFailure('keeping the cache failed', 'script_failure', 1);
  }

  #cacheKey(cache: JobCache): string {
    return this.#policy.cachesAs(expand(cache.key ?? 'default', this.#context.variables.values));
  }

  #cacheTransfer(key: string, method: 'GET' | 'PUT') {
    const { api, job, host, place } = this.#context;
    const { cache, token } = api.config;
    const object = `runner/${shortToken(token)}/project/${job.job_info?.project_id ?? 0}/${key}`;
    const expiresSeconds = job.runner_info?.timeout ?? DEFAULT_TIMEOUT_S;
    const url = cache && presign(cache, { method, object, now: host.clock.now(), expiresSeconds });
    const project = place.projectDir.slice(place.buildsDir.length);
    const archive = `${CACHE_DIR}${project}/${key}/cache.zip`;
    return { ...this.#way('cache'), key, url, printsUrl: this.#policy.printsUrls, archive };
  }

  #way(what: 'artifacts' | 'cache') {
    const { transfersByProxy, retriesDirectly, verifies } = this.#policy;
    return { byProxy: transfersByProxy(what), retriesDirectly: retriesDirectly(what), verifies };
  }

  get #policy(): DockerPolicy {
    return this.#context.api.behaviour.docker;
  }

  #api(path: string): string {
    return new URL(path, `${this.#context.api.config.url.replace(/\/+$/, '')}/api/v4/`).href;
  }

  #inProject(script: string): Promise<number> {
    return this.#run('helper', script, this.#context.place.projectDir);
  }

  async #run(role: 'build' | 'helper', script: string, dir: string | undefined): Promise<number> {
    const { api, place, variables, write, signals } = this.#context;
    const read = api.behaviour.job.reads();
    return runScript({
      docker: this.#job.docker,
      container: await this.#job.container(role),
      script: containerScript({
        script,
        variables: this.#job.variables(role),
        files: variables.files,
        tmpDir: place.tmpDir,
        ...(dir === undefined ? {} : { dir }),
      }),
      output: (chunk) => write(read(chunk)),
      signal: signals.stop,
    });
  }
}
