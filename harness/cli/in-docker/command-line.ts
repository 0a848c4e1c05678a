import { isInDocker } from './option.ts';

/** What a command line is to say otherwise inside. */
export interface Overrides {
  /** Where the subject's program is, when the user named it by its name on PATH. */
  readonly runner?: string;
  /** The helper's file, when the user named a directory that has it. */
  readonly helper?: string;
  /** The directory of the report. */
  readonly report?: string;
  /** The file for what failed, as a list of known deviations: in the report's directory, which is fetched. */
  readonly 'write-expect'?: string;
}

/**
 * The command line for inside: the user's own without `--in-docker`. Overrides come last, since of an option that is
 * there twice the last one counts.
 */
export function commandLineInside(args: readonly string[], overrides: Overrides): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const options = args.slice(0, end).filter((each) => !isInDocker(each));
  const added = Object.entries(overrides).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return [...options, ...added, ...args.slice(end)];
}
