import { homedir } from 'node:os';

/** The home of whoever runs this: HOME, or what /etc/passwd says; undefined where neither names one. */
export function homeDirectory(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    // A container may run as a user id that has no entry there.
    return undefined;
  }
}

/** Stands for the home of somebody who has none, as in Debian's /etc/passwd. */
export const NO_HOME = '/nonexistent';
