import { markdownTable } from 'markdown-table';
import type { Measured, Row } from './row.ts';

/** A row with what came of it. */
export type Line = Pick<Row, 'name' | 'what' | 'target'> & Measured;

/** Writes the Markdown table, with the notes of each row below it. */
export function table(lines: readonly Line[], machine: string): string {
  const rows = lines.map(({ name, what, target, measured, reached }) =>
    [what, target, measured, said(reached), `\`npm run bench ${name}\``].map(cell),
  );
  const head = ['what', 'must reach', 'measured', 'reached', 'command'];
  const notes = lines.flatMap(({ name, notes = [] }) => notes.map((note) => `- ${name}: ${note}`));
  return [
    `Machine: ${machine}.`,
    '',
    markdownTable([head, ...rows], { alignDelimiters: false }),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
  ].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const said = (reached: boolean | undefined): string =>
  reached === undefined ? 'not measured' : reached ? 'yes' : '**no**';
