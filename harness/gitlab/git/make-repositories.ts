import type { RepositorySpec } from '../spec.ts';
import { blueprintOf } from './blueprint.ts';
import type { Repository } from './repository.ts';
import type { RepositoryStore } from './repository-store.ts';

/**
 * Makes the repositories of a declaration, those that are submodules of others first.
 * @param url base URL of the server
 * @returns the repositories by path
 * @throws Error when a path is declared twice, or submodules lead in a circle or nowhere
 */
export async function makeRepositories(
  specs: readonly RepositorySpec[],
  url: string,
  store: RepositoryStore,
): Promise<ReadonlyMap<string, Repository>> {
  const made = new Map<string, Repository>();
  const heads = new Map<string, string>();
  let left = [...specs];
  const twice = specs.find((spec, index) => specs.findIndex(({ path }) => path === spec.path) !== index);
  if (twice) throw new Error(`The repository ${twice.path} is declared twice; give each a path of its own.`);
  while (left.length > 0) {
    const ready = left.filter((spec) => submodulesOf(spec).every((path) => heads.has(path)));
    if (ready.length === 0) {
      const paths = left.map(({ path }) => path).join(', ');
      throw new Error(`The submodules of ${paths} lead in a circle, or to a repository that is not declared.`);
    }
    for (const spec of ready) {
      const repository = await store.get(blueprintOf(spec, url, heads));
      made.set(spec.path, repository);
      heads.set(spec.path, repository.head);
    }
    left = left.filter((spec) => !ready.includes(spec));
  }
  return made;
}

const submodulesOf = (spec: RepositorySpec): string[] =>
  Object.values(spec.submodules ?? {}).map(({ repository }) => repository);
