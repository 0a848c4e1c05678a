import { posix } from 'node:path';
import type { RepositorySpec } from '../spec.ts';

/** A submodule with everything that goes into the repository that has it. */
export interface SubmodulePin {
  readonly url: string;
  readonly head: string;
}

/** A repository's whole content: two equal blueprints make the same repository. */
export interface Blueprint {
  readonly files: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly commits: number;
  readonly lfs: Readonly<Record<string, string>>;
  readonly submodules: Readonly<Record<string, SubmodulePin>>;
}

/**
 * Works out what a declared repository consists of.
 * @param url base URL of the server, for submodules with an absolute URL
 * @param heads the heads of the repositories that it has as submodules
 */
export function blueprintOf(spec: RepositorySpec, url: string, heads: ReadonlyMap<string, string>): Blueprint {
  const submodules: Record<string, SubmodulePin> = {};
  for (const [path, { repository, url: kind }] of Object.entries(spec.submodules ?? {})) {
    const head = heads.get(repository);
    if (head === undefined)
      throw new Error(`The submodule ${path} of ${spec.path} is ${repository}, which is not there.`);
    // git resolves a relative URL against the remote's own, which ends in the repository's name.
    const target = kind === 'absolute' ? `${url}/${repository}` : posix.relative(spec.path, repository);
    submodules[path] = { url: `${target}.git`, head };
  }
  const files = { 'README.md': `# ${spec.path}\n`, ...spec.files };
  return { files, bytes: spec.bytes ?? 0, commits: spec.commits ?? 1, lfs: spec.lfs ?? {}, submodules };
}
