import { createHash } from 'node:crypto';
import type { DockerExecutorConfig } from '../../subject.ts';
import type { Workplace } from '../job/executor.ts';
import type { JobIdentity } from './identity.ts';

/** Where local caches are, in every container of a job. */
export const CACHE_DIR = '/cache';

/** The volumes that all containers of a job share. */
export interface JobVolumes {
  /** As the engine takes them: `source:target[:ro]`. */
  readonly binds: readonly string[];
  /** Names of those that go with the job. */
  readonly temporary: readonly string[];
}

/**
 * A volume for the sources, which the next job of the project finds again if it fetches rather than clones; one for
 * caches; and what config.toml names.
 */
export function jobVolumes(
  config: DockerExecutorConfig,
  identity: JobIdentity,
  { buildsDir }: Workplace,
  fetches: boolean,
): JobVolumes {
  const named = (owner: string, target: string): string =>
    `${owner}-cache-${createHash('md5').update(target).digest('hex')}`;
  const builds = named(fetches ? identity.project : identity.job, buildsDir);
  const configured = config.volumes ?? [];
  const kept = new Set([CACHE_DIR, ...configured.filter((each) => !each.includes(':'))]);
  return {
    binds: [
      `${builds}:${buildsDir}`,
      ...[...kept].map((target) => `${named(identity.project, target)}:${target}`),
      ...configured.filter((each) => each.includes(':')),
    ],
    temporary: fetches ? [] : [builds],
  };
}
