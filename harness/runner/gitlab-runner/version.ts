import type { GetSourcesHookName } from '../../recipes/index.ts';

/** A released version; a pre-release counts as the release it leads to. */
export type Version = readonly [major: number, minor: number, patch: number];

/** The oldest gitlab-runner whose command line and configuration this driver knows. */
const OLDEST: Version = [14, 10, 0];
export const OLDEST_VERSION = OLDEST.join('.');

/** @returns undefined for what has no number, such as a build from a working copy: `development version` */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text.trim());
  return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : undefined;
}

/** A build without a number is taken for newer than every release. */
export function isAtLeast(version: Version | undefined, wanted: Version): boolean {
  if (!version) return true;
  for (const [i, number] of wanted.entries()) {
    const own = version[i] ?? 0;
    if (own !== number) return own > number;
  }
  return true;
}

/** Whether this driver knows that version. */
export function isDrivable(version: string): boolean {
  return isAtLeast(parseVersion(version), OLDEST);
}

/** The page's profile that goes with a version: its “Handling rate limited requests” changed with 18.3. */
export function profileOf(version: Version | undefined): '14.10' | '18.3' {
  return isAtLeast(version, [18, 3, 0]) ? '18.3' : '14.10';
}

/** The hook was renamed in 15.9, and the old name is ignored from 17.0 on. */
export function getSourcesHookName(version: Version | undefined): GetSourcesHookName {
  return isAtLeast(version, [15, 9, 0]) ? 'pre_get_sources_script' : 'pre_clone_script';
}

/** `environment` of `[[runners.docker.services]]`. */
export const SERVICE_ENVIRONMENT_SINCE: Version = [15, 10, 0];
