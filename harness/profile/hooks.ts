import type { SemVer } from 'semver';
import { isAtLeast } from './version.ts';

/**
 * The keys of config.toml that hold the get-sources hook, the newest first. It was renamed in 15.9, and the old name is
 * ignored from 17.0 on: `until` is the first version without the name.
 */
const hooks = [
  { name: 'pre_get_sources_script', since: '15.9.0', until: undefined },
  { name: 'pre_clone_script', since: '0.0.0', until: '17.0.0' },
] as const;

export type GetSourcesHookName = (typeof hooks)[number]['name'];

/** The names that a version understands, the one to use first. */
export function getSourcesHookNames(version: SemVer | undefined): readonly GetSourcesHookName[] {
  return hooks
    .filter(({ since, until }) => isAtLeast(version, since) && (until === undefined || !isAtLeast(version, until)))
    .map(({ name }) => name);
}

/** The name to use with a version. */
export function getSourcesHookName(version: SemVer | undefined): GetSourcesHookName {
  return getSourcesHookNames(version)[0] ?? hooks[0].name;
}
