import { CLIENT_IDS, type ClientId } from '../client.ts';
import type { MeasuredCell } from '../table.ts';

/** Clients that looked at a variable at least once: the others need no column. */
export function columns(cells: readonly MeasuredCell[]): readonly ClientId[] {
  return CLIENT_IDS.filter((id) => cells.some(({ client, answer }) => client === id && answer !== 'direct'));
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A value as Markdown shows it, spaces and emptiness included. */
export const code = (value: string): string => (value.trim() === value && value !== '' ? `\`${value}\`` : `“${value}”`);
