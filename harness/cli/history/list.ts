import { UsageError } from '../../conformance/index.ts';
import {
  buildModel,
  changeWords,
  type HistoryRun,
  parseQuery,
  profileWords,
  QueryError,
  readHistory,
  runWords,
  subjectWords,
} from '../../report/history/index.ts';

/**
 * The runs of a history, the newest last; with a search what it finds in the newest of each.
 * @param query as the site's search takes it; empty for the runs
 * @throws UsageError for a search that cannot be read
 */
export async function historyLines(folder: string, query: string): Promise<string> {
  const runs = await readHistory(folder);
  return query.trim() === '' ? runs.map(runLine).join('') : foundLines(runs, query);
}

const runLine = (run: HistoryRun): string => `${run.startedAt.slice(0, 16).replace('T', ' ')}  ${runWords(run)}\n`;

function foundLines(runs: readonly HistoryRun[], query: string): string {
  const { standings } = buildModel(runs);
  const found = standings.filter(testOf(query));
  const lines = found.map((each) => {
    const change = changeWords(each);
    const where = `${subjectWords(each.column)}, ${profileWords(each.column)}`;
    return `${each.outcome.padEnd(7)} ${each.id}  (${where}${change === '' ? '' : `; ${change}`})\n`;
  });
  return `${lines.join('')}${found.length} of ${standings.length} results.\n`;
}

function testOf(query: string): ReturnType<typeof parseQuery> {
  try {
    return parseQuery(query);
  } catch (error) {
    if (error instanceof QueryError) throw new UsageError(error.message);
    throw error;
  }
}
