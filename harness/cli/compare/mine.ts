import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../conformance/errors.ts';
import type { CaseOutcome } from '../../conformance/outcome.ts';
import { diagnose } from '../../diagnosis/index.ts';
import type { Concerns } from '../../report/compare/comparison.ts';
import { concernsOf, readSetUp, type SetUp, setUpOf, setUpWords } from '../../report/compare/mine/index.ts';
import { openBundles } from '../check/bundles.ts';
import type { Terminal } from '../exit.ts';

/** The reader's own set-up. */
export interface Mine {
  /** How it is called in what is printed. */
  readonly name: string;
  readonly concerns: Concerns;
}

/**
 * The set-up that was named: in pairs, or by files, of which `check` says what they have.
 * @param typed `proxy=squid,scheme=https`, or the path of a file, a directory or an archive
 * @param outcomes of all runs that are compared
 * @throws UsageError when it is neither, or the files say nothing of a set-up
 */
export async function mineFor(typed: string, outcomes: readonly CaseOutcome[], terminal: Terminal): Promise<Mine> {
  const isFile = typed === '-' || (await stat(resolve(terminal.cwd, typed)).catch(() => undefined)) !== undefined;
  const setUp = isFile ? await setUpIn(typed, terminal) : readSetUp(typed, outcomes);
  return {
    name: isFile ? `${typed} (${setUpWords(setUp)})` : setUpWords(setUp),
    concerns: concernsOf(setUp, outcomes),
  };
}

async function setUpIn(path: string, terminal: Terminal): Promise<SetUp> {
  const diagnosis = diagnose(await openBundles([path], terminal));
  if (diagnosis.read.length === 0) {
    throw new UsageError(
      `None of the files in ${path} is of a kind that is known. proxyproof check ${path} says more.`,
    );
  }
  const setUp = setUpOf(diagnosis);
  if (setUp.size === 0) {
    throw new UsageError(
      `The files in ${path} do not say what your set-up is: no runner, proxy or job is in them. Say it: --mine proxy=squid,executor=docker.`,
    );
  }
  return setUp;
}
