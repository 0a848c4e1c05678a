import type { Artifacts } from '../artifacts/index.ts';
import type { CacheStorage } from '../cache/index.ts';
import type { JobRepositories } from '../git/index.ts';
import type { GitlabTokens } from '../handle.ts';
import type { Jobs } from '../jobs/index.ts';
import type { ObjectStorage } from '../object-storage.ts';
import type { RegistryTokens } from '../registry/index.ts';
import type { GitlabSpec } from '../spec.ts';
import type { RunnerTokens } from './runner-tokens.ts';

/** What the endpoints of one mock GitLab work with. */
export interface Services {
  readonly spec: GitlabSpec;
  readonly tokens: GitlabTokens;
  readonly runners: RunnerTokens;
  readonly jobs: Jobs;
  readonly artifacts: Artifacts;
  readonly objectStorage: ObjectStorage;
  /** Host and port of what is stored, by name. */
  readonly storage: string;
  readonly repositories: JobRepositories;
  /** Only where GitLab has a container registry. */
  readonly registryTokens?: RegistryTokens;
  /** Only where there is a bucket for caches. */
  readonly cache?: CacheStorage;
}
