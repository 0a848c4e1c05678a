import compare from 'semver/functions/compare.js';
import { releaseOf } from '../../profile/index.ts';

/** The three numbers of a version as people type it, `v17.11.4` or `17.11.4`; undefined for anything else. */
export const releaseTyped = (word: string): string | undefined => /^v?(\d+\.\d+\.\d+)$/.exec(word)?.[1];

/** Orders versions, the oldest first. What has no number, such as a development build, is newer than every release. */
export function byRelease(a: string, b: string): number {
  const [one, other] = [releaseOf(a), releaseOf(b)];
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return compare(one, other) || a.localeCompare(b, 'en', { numeric: true });
}
