import { markdownTable } from 'markdown-table';
import { CLIENT_IDS, type ClientId } from '../models/index.ts';
import type { MeasuredCell } from '../table.ts';

/** Clients that looked at a variable at least once: the others need no column. */
export function columns(cells: readonly MeasuredCell[]): readonly ClientId[] {
  return CLIENT_IDS.filter((id) => cells.some(({ client, answer }) => client === id && answer !== 'direct'));
}

/** A table in Markdown, without spaces that make its source look like one: a change of one cell is a change of one line. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable(
    [head, ...rows].map((cells) => cells.map((each) => each.replaceAll('|', '\\|'))),
    { alignDelimiters: false },
  );

/** A value as Markdown shows it, spaces and emptiness included. */
export const code = (value: string): string => (value.trim() === value && value !== '' ? `\`${value}\`` : `“${value}”`);
