import type { Evidence } from '../../ledger/index.ts';
import { traceLines } from './trace.ts';

/** Files by their names, with the SHA-256 of each. */
export type Files = ReadonlyMap<string, string>;

/** What sha256sum prints of a file. */
const SUM = /^([0-9a-f]{64}) [ *](.+)$/;

/**
 * Lines of a script that make files such as an archive must keep: one that is sent in many pieces, since it does not compress, a
 * hidden one, an empty one, and one whose name and directory have a blank.
 * @param dir without a blank
 */
export const makeFiles = (dir: string, bytes: number): readonly string[] => [
  `mkdir -p '${dir}/a b'`,
  `head -c ${bytes} /dev/urandom > ${dir}/random`,
  `echo hidden > ${dir}/.hidden; : > ${dir}/empty; echo blank > '${dir}/a b/c d'`,
];

/** A line of a script that says which files there are, after a word, and succeeds where there are none. */
export const sayFiles = (word: string, ...dirs: readonly string[]): string =>
  `find ${dirs.join(' ')} -type f -exec sha256sum {} + 2>/dev/null | sed 's/^/${word}=/' || true`;

/** The files that lines of sha256sum name. */
export const filesIn = (lines: readonly string[]): Files =>
  new Map(
    lines.flatMap((line): [string, string][] => {
      const [, digest = '', name = ''] = SUM.exec(line) ?? [];
      return digest === '' ? [] : [[name, digest]];
    }),
  );

/** The files that a job said after a word. @param nth which job, counted from 0 by its end */
export const saidFiles = (evidence: Evidence, word: string, nth = 0): Files =>
  filesIn(
    traceLines(evidence, nth).flatMap((line) => (line.startsWith(`${word}=`) ? [line.slice(word.length + 1)] : [])),
  );

/** Where files are not those that were made, as half a sentence; undefined when they are. */
export function otherFiles(made: Files, found: Files): string | undefined {
  const lacking = [...made.keys()].filter((name) => !found.has(name));
  const changed = [...made].filter(([name, digest]) => found.has(name) && found.get(name) !== digest);
  const added = [...found.keys()].filter((name) => !made.has(name));
  if (lacking.length > 0)
    return `${lacking.join(', ')} of ${made.size} ${lacking.length === 1 ? 'is' : 'are'} not there`;
  if (changed.length > 0) return `${changed.map(([name]) => name).join(', ')} came with another content`;
  return added.length > 0 ? `${added.join(', ')} came besides` : undefined;
}
