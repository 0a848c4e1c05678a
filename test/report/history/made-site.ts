import { join } from 'node:path';
import { writeText } from '../../../harness/report/files.ts';
import type { HistoryRun } from '../../../harness/report/history/store/history-run.ts';
import { writeJson } from '../../../harness/report/history/store/write-json.ts';

/** Writes runs into the folder of a history, as `history add` does. */
export async function writtenHistory(folder: string, runs: readonly HistoryRun[]): Promise<void> {
  for (const [at, run] of runs.entries()) await writeText(join(folder, 'runs', `${at}.json`), `${writeJson(run)}\n`);
}
