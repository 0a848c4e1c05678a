import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobArtifact, JobDependency, JobPayload } from '../api/job-payload.ts';
import { exports } from '../job/environment.ts';
import type { ExecutorContext, JobContext, JobExecutor, StageScript, Workplace } from '../job/executor.ts';
import { downloadArtifact, uploadArtifact } from './artifacts.ts';
import { runStage } from './run-stage.ts';

/** Where the shell executor keeps a job's files. */
export function shellWorkplace({ host, slot }: JobContext, job: JobPayload): Workplace {
  const project = (job.variables ?? []).find((each) => each.key === 'CI_PROJECT_PATH')?.value || 'project';
  const buildsDir = join(host.dir, 'builds');
  const projectDir = join(buildsDir, String(slot), project);
  return { buildsDir, projectDir, tmpDir: `${projectDir}.tmp` };
}

/** Runs the stages of a job in bash, where the runner itself lives and with what is in its environment. */
export class ShellExecutor implements JobExecutor {
  readonly hookOf = 'runner';
  readonly #context: ExecutorContext;

  constructor(context: ExecutorContext) {
    this.#context = context;
  }

  async prepare(): Promise<void> {
    const { place, variables } = this.#context;
    if (variables.files.size > 0) await mkdir(place.tmpDir, { recursive: true });
    for (const [path, content] of variables.files) await writeFile(path, content);
  }

  run({ name, script, of }: StageScript): Promise<number | null> {
    const { host, api, place, variables, write, signals } = this.#context;
    const read = api.behaviour.job.reads();
    return runStage(host, {
      name,
      script: ['set -eo pipefail', ...exports(variables.values), script].join('\n'),
      env: api.config.env,
      cwd: of === 'job' ? place.projectDir : host.dir,
      scriptDir: place.tmpDir,
      output: (chunk) => write(read(chunk)),
      signal: signals.stop,
    });
  }

  download(dependency: JobDependency): Promise<boolean> {
    return downloadArtifact(this.#context, dependency);
  }

  upload(artifact: JobArtifact): Promise<boolean> {
    return uploadArtifact(this.#context, this.#context.job, artifact);
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
