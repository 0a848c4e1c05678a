import { UsageError } from '../../conformance/errors.ts';
import { byRelease } from '../../profile/index.ts';
import type { Terminal } from '../exit.ts';
import type { Contender, RunnableContender } from './contender.ts';
import { contendersHere } from './here.ts';
import { releaseTyped } from './release.ts';

/**
 * What lies between GOOD and BAD, with both: of two versions, those between them that are at hand; else what was named, in that order.
 * @param words two or more
 * @param binaries a directory with more versions
 * @throws UsageError when a word stands for a stored run, or for nothing
 */
export async function candidatesFor(
  words: readonly string[],
  terminal: Pick<Terminal, 'cwd' | 'env'>,
  binaries: string | undefined,
): Promise<readonly RunnableContender[]> {
  const [good = '', bad = ''] = words;
  const [from, to] = [good, bad].map(releaseTyped);
  if (words.length === 2 && from !== undefined && to !== undefined && from !== to) {
    const isForward = byRelease(from, to) < 0;
    const between = await contendersHere([isForward ? `${from}..${to}` : `${to}..${from}`], terminal, binaries);
    return runnable(isForward ? between : between.toReversed());
  }
  const named = runnable(await contendersHere(words, terminal, binaries));
  if (named.length >= 2) return named;
  throw new UsageError(
    `${words.join(' and ')} are the same version, so nothing changes between them. Name two that differ.`,
  );
}

function runnable(contenders: readonly Contender[]): readonly RunnableContender[] {
  return contenders.map((each) => {
    if (each.is === 'runner') return each;
    throw new UsageError(
      `${each.label} is a run that is stored, and bisect runs what lies between. Give versions or paths of programs; matrix and compare take stored runs.`,
    );
  });
}
