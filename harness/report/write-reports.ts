import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Results } from '../conformance/outcome.ts';
import type { LedgerEvent } from '../ledger/index.ts';
import { ctrfJson, openMetrics, summaryMarkdown } from './ci/index.ts';
import { writeText } from './files.ts';
import { harOf } from './har/index.ts';
import { reportHtml } from './html/index.ts';
import { junitXml } from './junit.ts';
import { LEDGER_FILE, writeLedger } from './ledger-file.ts';
import { writeResults } from './results/index.ts';
import { isBelowRuns, pointLatest } from './run-directory.ts';

/**
 * Writes every report of a run: results.json, junit.xml, ctrf-report.json, summary.md, metrics.txt, run.har and report.html; and the ledger, unless the run has
 * written it there already. When the directory is below `runs`, `runs/latest` leads to it afterwards.
 * @param dir the run's directory
 * @throws ReportError when one cannot be written: disk full, no permission, …
 */
export async function writeReports(dir: string, results: Results, events: readonly LedgerEvent[]): Promise<void> {
  await writeResults(dir, results);
  if (!existsSync(join(dir, LEDGER_FILE))) await writeLedger(dir, events);
  await writeText(join(dir, 'junit.xml'), junitXml(results));
  await writeText(join(dir, 'summary.md'), summaryMarkdown(results));
  await writeText(join(dir, 'metrics.txt'), openMetrics(results));
  await writeText(join(dir, 'ctrf-report.json'), ctrfJson(results));
  await writeText(join(dir, 'run.har'), `${JSON.stringify(harOf(results, events))}\n`);
  await writeText(join(dir, 'report.html'), reportHtml(results, events));
  if (isBelowRuns(resolve(dir))) await pointLatest(resolve(dir));
}
