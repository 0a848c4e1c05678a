import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenarios } from '../conformance/load.ts';
import type { Scenario } from '../conformance/scenario.ts';
import type { Terminal } from './exit.ts';

/**
 * Loads our own scenarios and, with `--scenarios`, a team's beside them.
 * @throws UsageError for a directory that is not there or a file that is no scenario
 */
export async function scenariosFor(invocation: {
  readonly options: { readonly scenarios?: string | undefined };
  readonly terminal: Pick<Terminal, 'cwd'>;
}): Promise<readonly Scenario[]> {
  const own = ownScenarios();
  const theirs = invocation.options.scenarios;
  if (theirs === undefined) return loadScenarios([own]);
  const { answerToOwnName } = await import('./own-name.ts');
  answerToOwnName();
  return loadScenarios([own, resolve(invocation.terminal.cwd, theirs)]);
}

/** Beside the code, in the form it runs in. */
export function ownScenarios(): string {
  return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'scenarios');
}
