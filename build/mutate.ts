import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { writePage } from './mutation/page.ts';
import { readReport } from './mutation/report.ts';
import { type FileScore, measurable, readScores, scoreOf, writeScores } from './mutation/scores.ts';

/**
 * `npm run mutate`: tries every change that Stryker knows on the reference runner's sources, and tells which of them no required
 * scenario notices. Of files that are as they were when they were measured nothing is run.
 *
 *     npm run mutate                    all that changed, or was never measured
 *     npm run mutate -- --changed       only what was measured and has changed
 *     npm run mutate -- FILE…           these, whether or not they changed
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.slice(2);
const scores = readScores();
const files = filesToMeasure();

if (files.length > 0) measure(files);
else console.log('No file has changed since it was measured.');
writePage(readScores());

function filesToMeasure(): string[] {
  const named = asked.filter((each) => !each.startsWith('--'));
  if (named.length > 0) return named;
  return measurable().filter((file) => {
    const known = scores[file];
    return known ? known.sha256 !== digestOf(file) : !asked.includes('--changed');
  });
}

function measure(these: readonly string[]): void {
  console.log(`Measuring ${these.length} ${these.length === 1 ? 'file' : 'files'}…`);
  const stryker = fileURLToPath(new URL('../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
  const { status } = spawnSync(
    process.execPath,
    [stryker, 'run', 'test/mutation/stryker.json', '--mutate', these.join(',')],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  if (status !== 0) throw new Error(`Stryker ended with exit code ${status}; nothing was written.`);
  const measured = readReport(these, digestOf);
  const fallen = these.filter((file) => fellBelow(scores[file], measured[file]));
  writeScores({ ...scores, ...measured });
  console.log('The scores stand in docs/mutation.md.');
  if (fallen.length === 0) return;
  console.error(`Fewer changes are noticed than before in ${fallen.join(', ')}. Make a scenario that notices them.`);
  process.exitCode = 1;
}

function fellBelow(before: FileScore | undefined, now: FileScore | undefined): boolean {
  if (!before || !now) return false;
  const [was, is] = [scoreOf(before), scoreOf(now)];
  return is.noticed / Math.max(1, is.total) < was.noticed / Math.max(1, was.total) - 0.005;
}

/** Of a file's code: types are nothing that could be changed, and where a line breaks is of no account. */
function digestOf(file: string): string {
  const code = stripTypeScriptTypes(readFileSync(`${root}/${file}`, 'utf8')).replaceAll(/\s+/g, ' ');
  return createHash('sha256').update(code).digest('hex');
}
