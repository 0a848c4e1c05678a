import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenarios } from '../conformance/load.ts';
import type { Scenario } from '../conformance/scenario.ts';
import type { Invocation } from './verbs.ts';

/**
 * Loads our own scenarios and, with `--scenarios`, a team's beside them.
 * @throws UsageError for a directory that is not there or a file that is no scenario
 */
export async function scenariosFor({ options, terminal }: Invocation): Promise<readonly Scenario[]> {
  const own = ownScenarios();
  const theirs = options['scenarios'];
  if (typeof theirs !== 'string') return loadScenarios([own]);
  const { answerToOwnName } = await import('./own-name.ts');
  answerToOwnName();
  return loadScenarios([own, resolve(terminal.cwd, theirs)]);
}

/** Beside the code, in the form it runs in. */
function ownScenarios(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'scenarios');
}
