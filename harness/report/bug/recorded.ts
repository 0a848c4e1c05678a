import type { LedgerEvent } from '../../ledger/index.ts';
import { moment, storyOf } from '../picture/index.ts';

/** Rows of what was recorded at the most: its end shows what failed. */
const MOST_ROWS = 60;

/** What was recorded, as text: who asked whom, and what was answered. @param events of one case, in order */
export const recordedText = (events: readonly LedgerEvent[]): string =>
  storyOf(events)
    .rows.slice(-MOST_ROWS)
    .map((row) => {
      if (row.kind === 'mark') return '';
      const who = row.kind === 'arrow' ? `${row.from} → ${row.to}` : row.at === 'harness' ? '' : row.at;
      return `${moment(row.t).padStart(9)}  ${who.padEnd(20)}  ${row.label}`.trimEnd();
    })
    .filter(Boolean)
    .join('\n');
