import { resolve } from 'node:path';
import type { Results } from '../conformance/index.ts';
import { expectationsFile, writeText } from '../report/index.ts';
import type { Terminal } from './exit.ts';
import { print } from './print.ts';

/** How many of the cases that cannot be expected are named. */
const NAMED = 3;

/**
 * Writes the expectations with which a run is as expected, and says how many there are and what they leave out.
 * @param cases all that there are under the profile
 * @throws ReportError when the file cannot be written
 */
export async function writeExpectations(
  file: string,
  results: Results,
  cases: readonly { readonly id: string }[],
  terminal: Pick<Terminal, 'stderr' | 'cwd'>,
): Promise<void> {
  const { text, entries, cases: count, left } = expectationsFile(results, cases);
  await writeText(resolve(terminal.cwd, file), text);
  const say = (line: string): void => print(terminal.stderr, `proxyproof: ${line}\n`);
  say(
    entries === 0
      ? `nothing failed that can be expected; ${file} is an empty list.`
      : `${file} has ${entries} ${entries === 1 ? 'entry' : 'entries'} for ${count} ${count === 1 ? 'case' : 'cases'}; give it to --expect.`,
  );
  if (left.length === 0) return;
  const named = left.slice(0, NAMED).map(({ id, outcome }) => `${id} (${outcome})`);
  const more = left.length > NAMED ? `, and ${left.length - NAMED} more` : '';
  say(
    `it leaves out what nobody can expect, since it broke, was blocked, or came out otherwise when it was repeated: ${named.join(', ')}${more}.`,
  );
}
