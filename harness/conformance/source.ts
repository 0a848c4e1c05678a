import { readFile } from 'node:fs/promises';
import type { Scenario } from './scenario.ts';

const files = new WeakMap<Scenario, string>();

/** Notes which file declares a scenario. */
export const cameFrom = (scenario: Scenario, file: string): void => void files.set(scenario, file);

/** The file that declares a scenario; undefined for one that was made by a program. */
export const fileOf = (scenario: Scenario): string | undefined => files.get(scenario);

/**
 * Where in a file a key of a declaration stands: `file:line`, or the file alone when the key is not in its text, because
 * a function of another file wrote it.
 * @param path the keys from the outside in
 */
export async function placeIn(file: string, path: readonly PropertyKey[]): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const keys = path.filter((each) => typeof each === 'string');
  let at = -1;
  for (const [index, key] of keys.entries()) {
    const found = text.slice(at + 1).search(new RegExp(`(?<![\\w$.])['"]?${RegExp.escape(key)}['"]?\\s*[:,(}]`));
    if (found >= 0) at += found + 1;
    else if (index === keys.length - 1) return file;
  }
  return at < 0 ? file : `${file}:${text.slice(0, at).split('\n').length}`;
}
