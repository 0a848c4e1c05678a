import { join } from 'node:path';
import { writeText } from '../../files.ts';
import { readRun } from '../../read-run.ts';
import { fileNameOf } from './file-name.ts';
import { historyRunOf } from './from-run.ts';
import type { HistoryRun } from './history-run.ts';
import { textIfThere } from './text-if-there.ts';
import { checkWhole } from './whole.ts';
import { writeJson } from './write-json.ts';

/** What adding a run came to. */
export interface AddedRun {
  readonly run: HistoryRun;
  readonly file: string;
  readonly bytes: number;
  /** `there`: it was in the history as it is. `replaced`: it was, and has been judged again since. */
  readonly was: 'new' | 'there' | 'replaced';
}

/**
 * Stores a run in the folder of a history.
 * @param dir the run's directory
 * @param folder made if it is not there
 * @param report where its whole report can be seen, as a URL
 * @throws ReportError when the run cannot be read or is not whole, or its file cannot be written
 */
export async function addRun(dir: string, folder: string, report?: string): Promise<AddedRun> {
  const stored = await readRun(dir);
  checkWhole(stored);
  const run = historyRunOf(stored, report);
  const file = join(folder, fileNameOf(run, stored.results));
  const text = `${writeJson(run)}\n`;
  const before = await textIfThere(file);
  const was = before === undefined ? 'new' : before === text ? 'there' : 'replaced';
  if (was !== 'there') await writeText(file, text);
  return { run, file, bytes: Buffer.byteLength(text), was };
}
