import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ReportError, reportError } from '../../error.ts';
import { RUNS_FOLDER } from './file-name.ts';
import { HISTORY_FORMAT, type HistoryRun } from './history-run.ts';
import { historySchema } from './history-schema.ts';
import { textIfThere } from './text-if-there.ts';

/**
 * Reads every run of a history, the oldest first.
 * @param folder as `history add` has filled it
 * @throws ReportError when there is none, or one of its files is not what `history add` writes
 */
export async function readHistory(folder: string): Promise<HistoryRun[]> {
  const files = await filesIn(join(folder, RUNS_FOLDER));
  if (files.length === 0) {
    throw new ReportError(
      `There is no run in ${folder}. Store one there with proxyproof history add RUN --to ${folder}, or name another folder with --from.`,
      { reason: 'usage' },
    );
  }
  const runs = await Promise.all(files.map(async (file) => parsed(file, (await textIfThere(file)) ?? '')));
  return runs.sort((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
}

async function filesIn(runs: string): Promise<string[]> {
  try {
    const names = await readdir(runs, { recursive: true });
    return names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .map((name) => join(runs, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw reportError(`read ${runs}`, error);
  }
}

function parsed(file: string, text: string): HistoryRun {
  const refuse = (problem: string, next: string): never => {
    throw new ReportError(`${file} ${problem}. ${next}`, { reason: 'usage' });
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuse('is no JSON', "Resolve what a merge has left in it, or take the file out of the history's folder.");
  }
  const { format } = (value ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format > HISTORY_FORMAT) {
    refuse(
      `has format ${format}, and this version of Proxyproof reads up to ${HISTORY_FORMAT}`,
      'Use the version that wrote it, or a later one.',
    );
  }
  const { success, data, error } = historySchema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  return refuse(
    `is not what history add writes: at ${issue?.path.join('.') || 'the top'}, ${issue?.message}`,
    'Take it out of the folder, and add the run again.',
  );
}
