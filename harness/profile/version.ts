import type { SemVer } from 'semver';
// The package's index loads all of its functions, and this is loaded by every verb.
import compare from 'semver/functions/compare.js';
import gte from 'semver/functions/gte.js';
import parse from 'semver/functions/parse.js';

/**
 * The release in what a runner says of its version. A pre-release, such as `18.3.0~pre.9.gabc`, counts as the release
 * that it leads to.
 * @returns undefined for what has no number, such as a build from a working copy: `development version`
 */
export function releaseOf(text: string): SemVer | undefined {
  const numbers = /^v?(\d+\.\d+\.\d+)/.exec(text.trim())?.[1];
  return (numbers === undefined ? null : parse(numbers)) ?? undefined;
}

/** A build without a number is taken for newer than every release. @param wanted three numbers */
export const isAtLeast = (version: SemVer | undefined, wanted: string): boolean =>
  version === undefined || gte(version, wanted);

/** Orders versions, the oldest first. What has no number, such as a development build, is newer than every release. */
export function byRelease(a: string, b: string): number {
  const [one, other] = [releaseOf(a), releaseOf(b)];
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return compare(one, other) || a.localeCompare(b, 'en', { numeric: true });
}
