import { join } from 'node:path';
import { type RUN_VARIABLE, SEARCH_PATH } from '../process/index.ts';

/** Names the case, after the number of its world in the run. */
export const CASE_VARIABLE = 'PROXYPROOF_CASE';

/** By what a world's processes are known. */
export type Labels = Readonly<Record<typeof RUN_VARIABLE | typeof CASE_VARIABLE, string>>;

/** The environment of a program in a world: this and what it is given, and nothing of the harness's own. */
export function subjectEnvironment(
  dir: string,
  labels: Labels,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = { HOME: join(dir, 'home'), TMPDIR: join(dir, 'tmp'), PATH: SEARCH_PATH, LANG: 'C.UTF-8' };
  return { ...own, ...given, ...labels };
}
