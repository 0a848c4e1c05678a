import { join } from 'node:path';
import type { Bundle } from '../../diagnosis/index.ts';
import type { Reproduction } from '../../reproduce/index.ts';
import { writeText } from '../files.ts';
import { LEDGER_FILE, writeLedger } from '../ledger-file.ts';
import { printableJson } from '../terminal/printable.ts';
import { reproductionAsJson } from './as-json.ts';
import { bugFile } from './bug/bug-file.ts';
import { runnerBug } from './bug/runner-bug.ts';
import { caseFile } from './case-file.ts';
import { maskOfCase } from './mask-of-case.ts';
import { maskedEvent } from './masked-event.ts';
import { reproductionPage } from './page/page.ts';
import { remedyText } from './remedy/index.ts';

/** A file of a report: its name, what it is, and its text. */
type ReportFile = readonly [name: string, says: string, text: string];

/**
 * Writes the report of a case: one page for a person, and beside it what the page speaks of. No file has a secret of the customer's.
 * @param dir a directory that is there
 * @param version Proxyproof's
 * @throws ReportError when a file cannot be written
 */
export async function writeReproduction(
  dir: string,
  bundle: Bundle,
  result: Reproduction,
  version: string,
): Promise<void> {
  const mask = maskOfCase(result);
  const { proof, diagnosis } = result;
  const bug = runnerBug(result);
  const patches =
    proof && proof.proved.length > 0 ? remedyText(diagnosis, proof.proved, mask, result.plan.mapped).patches : [];
  const files: readonly ReportFile[] = [
    ...patches.map(({ name, text }): ReportFile => [name, 'the change, as patch takes it', text]),
    ...(bug ? [['bug.md', 'a report for the makers of the runner', bugFile(result, bug)] as const] : []),
    ['case.yaml', 'the case, for reproduce to run it again', caseFile(bundle, result)],
    [
      'reproduce.json',
      'what this page says, for programs',
      `${printableJson(JSON.stringify(reproductionAsJson(result), null, 2))}\n`,
    ],
  ];
  for (const [name, , text] of files) await writeText(join(dir, name), text);
  await writeLedger(
    dir,
    result.events.map((event) => maskedEvent(event, mask)),
  );
  const named = files.map(([name, says]) => [name, says] as const);
  const page = reproductionPage(result, { version, files: [...named, [LEDGER_FILE, 'all that was recorded']] });
  await writeText(join(dir, 'report.html'), page);
}
