import { glob, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { UsageError } from '../../conformance/errors.ts';
import { byRelease } from '../../profile/index.ts';
import { namesProgram } from '../../runner/index.ts';
import { defaultCacheDirectory } from '../../world/index.ts';
import type { Terminal } from '../exit.ts';
import { type AtHand, binariesIn, downloadedIn } from './at-hand.ts';
import type { Contender } from './contender.ts';
import { releaseTyped } from './release.ts';

/** Where words are looked up. */
export interface Whereabouts {
  readonly terminal: Pick<Terminal, 'cwd' | 'env'>;
  /** A directory of files such as `gitlab-runner-17.11.4`, as it was typed. */
  readonly binaries?: string | undefined;
  /** Gets the runner out of a container image. @returns the path of its program */
  readonly fromImage?: (image: string) => Promise<string>;
}

/**
 * What the words on a command line stand for, in their order and once each: versions, ranges of them, `latest`, programs, images
 * of gitlab-runner, and directories of runs that are stored.
 * @param words such as `17.11.4`, `14.10.1..17.11.4`, `latest`, `./out/gitlab-runner`, `gitlab/gitlab-runner:v17.11.4`, `runs/latest`,
 * `reference:ignores-reset-time`
 * @throws UsageError when a word stands for nothing
 */
export async function contendersOf(words: readonly string[], where: Whereabouts): Promise<readonly Contender[]> {
  const { cwd, env } = where.terminal;
  const listed = where.binaries === undefined ? [] : await binariesIn(resolve(cwd, where.binaries));
  const downloaded = await downloadedIn(defaultCacheDirectory(env));
  const hasListed = (version: string): boolean => listed.some((each) => each.version === version);
  const atHand = [...listed, ...downloaded.filter(({ version }) => !hasListed(version))].sort((a, b) =>
    byRelease(a.version, b.version),
  );
  const found: Contender[] = [];
  for (const word of words) found.push(...(await contendersFor(word, { ...where, atHand })));
  return onceEach(found);
}

interface Known extends Whereabouts {
  readonly atHand: readonly AtHand[];
}

async function contendersFor(word: string, known: Known): Promise<readonly Contender[]> {
  const [from = '', to = ''] = word.split('..');
  if (word !== '..' && isBound(from) && isBound(to)) return range(from, to, known.atHand);
  if (word === 'latest') return [latest(known.atHand)];
  const version = releaseTyped(word);
  if (version !== undefined) return [ofVersion(version, known.atHand)];
  if (!namesProgram(word)) return [{ is: 'runner', label: word, runner: word }];
  const path = resolve(known.terminal.cwd, word);
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory()) return runsIn(path, known.terminal.cwd);
  if (info && basename(path) === 'results.json') return [await stored(dirname(path), known.terminal.cwd)];
  if (info) return [{ is: 'runner', label: labelOf(path), runner: path, ...helperOf(path, known.atHand) }];
  if (/[*?]/.test(word)) return matching(word, known);
  if (/^[\w][\w./-]*(:[\w.-]+|@sha256:[0-9a-f]{64})$/.test(word) && known.fromImage) {
    return [{ is: 'runner', label: word, runner: await known.fromImage(word) }];
  }
  if (word.includes('/')) {
    throw new UsageError(
      `There is nothing at ${path}. Give a version, a runner's program, an image with its tag, or the directory of a run.`,
    );
  }
  return [{ is: 'runner', label: word, runner: word }];
}

const isBound = (word: string): boolean => word === 'latest' || releaseTyped(word) !== undefined;

function latest(atHand: readonly AtHand[]): Contender {
  const newest = atHand.at(-1);
  if (newest) return newest.contender;
  throw new UsageError(
    'There is no gitlab-runner here that latest could be: none was downloaded before, and --binaries names none. Give a version, such as 17.11.4.',
  );
}

const ofVersion = (version: string, atHand: readonly AtHand[]): Contender =>
  atHand.find((each) => each.version === version)?.contender ?? { is: 'runner', label: version, runner: version };

/** Both ends, and what is at hand between them. */
function range(from: string, to: string, atHand: readonly AtHand[]): readonly Contender[] {
  const [first, last] = [from, to].map((each) => releaseTyped(each) ?? latest(atHand).label) as [string, string];
  if (byRelease(first, last) > 0) {
    throw new UsageError(`${from}..${to} is empty: ${first} is newer than ${last}. Write the older version first.`);
  }
  const between = atHand.filter(({ version }) => byRelease(first, version) < 0 && byRelease(version, last) < 0);
  return [ofVersion(first, atHand), ...between.map(({ contender }) => contender), ofVersion(last, atHand)];
}

async function matching(word: string, known: Known): Promise<readonly Contender[]> {
  const paths = (await Array.fromAsync(glob(word, { cwd: known.terminal.cwd }))).sort();
  if (paths.length === 0) throw new UsageError(`Nothing here is matched by ${word}. Check the pattern.`);
  const found: Contender[] = [];
  const refused: UsageError[] = [];
  for (const path of paths) {
    await contendersFor(resolve(known.terminal.cwd, path), known).then(
      (each) => found.push(...each),
      // A run that goes on beside the others has no results yet.
      (error: Error) => refused.push(asUsage(error)),
    );
  }
  if (found.length === 0 && refused[0]) throw refused[0];
  return found;
}

function asUsage(error: Error): UsageError {
  if (error instanceof UsageError) return error;
  throw error;
}

/** The run of a directory, or those in the directories directly below it. */
async function runsIn(dir: string, cwd: string): Promise<readonly Contender[]> {
  if (await hasResults(dir)) return [await stored(dir, cwd)];
  const below = (await Array.fromAsync(glob('*/results.json', { cwd: dir }))).sort();
  if (below.length === 0) {
    throw new UsageError(
      `${dir} is no directory of a run: it has no results.json, and neither has a directory in it. Give one that run has written.`,
    );
  }
  return Promise.all(below.map((each) => stored(dirname(join(dir, each)), cwd)));
}

const hasResults = (dir: string): Promise<boolean> =>
  stat(join(dir, 'results.json')).then(
    (info) => info.isFile(),
    () => false,
  );

/** Links such as runs/latest are the run that they lead to. */
async function stored(dir: string, cwd: string): Promise<Contender> {
  const real = await realpath(dir);
  const short = relative(cwd, real);
  return { is: 'stored', label: short.startsWith('..') ? real : short || '.', dir: real };
}

const labelOf = (path: string): string => /gitlab-runner-v?(\d+\.\d+\.\d+)$/.exec(path)?.[1] ?? path;

/** A binary that is listed has the helper that lies beside it by its version, however it was named. */
function helperOf(path: string, atHand: readonly AtHand[]): { readonly helper?: string } {
  const helper = atHand.find(({ contender }) => contender.runner === path)?.contender.helper;
  return helper === undefined ? {} : { helper };
}

function onceEach(contenders: readonly Contender[]): readonly Contender[] {
  const keyOf = (each: Contender): string => (each.is === 'stored' ? `stored ${each.dir}` : `runner ${each.runner}`);
  return [...new Map(contenders.map((each) => [keyOf(each), each])).values()];
}
