import type { NoteRow, Row } from './row.ts';

/** How many log lines in a row are shown before the middle ones are folded. */
const LOG_LINES = 8;

/** Leaves out the middle of a long run of log lines, and says how many there were. */
export function fold(rows: readonly Row[]): Row[] {
  const kept: Row[] = [];
  let run: NoteRow[] = [];
  const flush = (): void => {
    const hidden = run.slice(LOG_LINES - 2, -1);
    const first = hidden[0];
    if (hidden.length < 2 || !first) kept.push(...run);
    else
      kept.push(
        ...run.slice(0, LOG_LINES - 2),
        { ...first, label: `… ${hidden.length} more log lines` },
        ...run.slice(-1),
      );
    run = [];
  };
  for (const row of rows) {
    if (row.kind === 'note' && row.tone === 'quiet' && !row.edge) run.push(row);
    else {
      flush();
      kept.push(row);
    }
  }
  flush();
  return kept;
}
