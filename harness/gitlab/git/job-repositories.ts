import type { GitlabSpec, JobSpec } from '../spec.ts';
import { makeRepositories } from './make-repositories.ts';
import type { Repository } from './repository.ts';
import type { RepositoryStore } from './repository-store.ts';

/** The repositories of one server, and which of them a job has. */
export interface JobRepositories {
  readonly byPath: ReadonlyMap<string, Repository>;
  /** @throws Error when the job names a repository that is not declared */
  of(job: JobSpec): { readonly path: string; readonly head: string };
}

/** Where a job without a declared repository comes from; GitLab has none that come from nowhere. */
const DEFAULT_PATH = 'group/project';
const NO_COMMIT = '0'.repeat(40);

/**
 * Makes the declared repositories, and a small one for jobs that name none: a runner that heeds `GIT_STRATEGY: none`
 * leaves it alone, another one clones it.
 */
export async function jobRepositories(spec: GitlabSpec, url: string, store: RepositoryStore): Promise<JobRepositories> {
  const declared = spec.repositories ?? [];
  const missing = declared.every(({ path }) => path !== DEFAULT_PATH);
  const byPath = new Map(await makeRepositories(declared, url, store));
  if (missing) {
    // Where git is not installed everything but git works.
    const fallback = await makeRepositories([{ path: DEFAULT_PATH }], url, store).catch(() => undefined);
    for (const [path, repository] of fallback ?? []) byPath.set(path, repository);
  }
  return {
    byPath,
    of: ({ repository: path }) => {
      const head = byPath.get(path ?? DEFAULT_PATH)?.head;
      if (path !== undefined && head === undefined) {
        throw new Error(
          `A job has the repository ${path}, which is not declared; add it to the repositories of GitLab.`,
        );
      }
      return { path: path ?? DEFAULT_PATH, head: head ?? NO_COMMIT };
    },
  };
}
