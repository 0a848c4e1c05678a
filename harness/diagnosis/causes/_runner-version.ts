import { coerce, lt } from 'semver';
import type { Picture } from '../picture/picture.ts';

/** As a job's trace and the runner's journal tell it. */
const IN_LOGS = /Running with gitlab-runner (\d+\.\d+\.\d+)|Runtime platform\b.*\bversion=(\d+\.\d+\.\d+)/;

/** gitlab-runner's version, where a file or a log tells it. */
export function runnerVersion(picture: Picture): string | undefined {
  const told = picture.version('gitlab-runner')?.version;
  if (told !== undefined) return told;
  for (const { text } of picture.lines) {
    const [, ofJob, ofJournal] = IN_LOGS.exec(text) ?? [];
    if (ofJob !== undefined || ofJournal !== undefined) return ofJob ?? ofJournal;
  }
  return undefined;
}

/** Whether a version is older than another; false where it is none. */
export const olderThan = (version: string, other: string): boolean => {
  const read = coerce(version);
  return read !== null && lt(read, other);
};
