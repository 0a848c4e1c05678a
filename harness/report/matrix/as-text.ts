import { printable } from '../terminal/printable.ts';
import { cutColumns, wrap } from '../terminal/text.ts';
import { plural } from '../verdict.ts';
import { type Boundary, byVersions } from './boundaries.ts';
import { labelOf } from './column.ts';
import type { Matrix } from './matrix.ts';
import { betweenWords, silentWords, underWords } from './words.ts';

/** How many changes between two versions are printed; the page has all. */
const SHOWN = 6;

const MARKS: Readonly<Record<Boundary['turn'], string>> = { better: '+', worse: '-', other: '~' };

/**
 * What the page shows, for a terminal: the boundaries, short.
 * @param width of the terminal, in columns
 */
export function matrixText({ tracks, rows, boundaries, values }: Matrix, width: number): string {
  const columns = tracks.flatMap((each) => each.columns);
  const lines = [
    `${plural(rows.length, 'requirement', 'requirements')}, ${plural(columns.length, 'column', 'columns')}: ${tracks
      .map(
        ({ profile, generations, columns: own }) =>
          `${own.map(labelOf).join(', ')} under profile ${profile}${generations && ` (${generations})`}`,
      )
      .join('; ')}.`,
  ];
  for (const { from, to, between, members } of byVersions(boundaries, tracks)) {
    const note = betweenWords(between);
    lines.push('', `${labelOf(from)} → ${labelOf(to)}${note && ` (${note})`}`);
    for (const each of members.slice(0, SHOWN)) lines.push(...boundaryLines(each));
    if (members.length > SHOWN) lines.push(`  … and ${members.length - SHOWN} more, on the page`);
  }
  const silent = silentWords(tracks);
  if (silent.length > 0) lines.push('', ...silent.flatMap((each) => wrap(each, width)));
  if (boundaries.length === 0) lines.push('', 'No behaviour changes from one of these versions to the next.');
  else lines.push('', '- no longer done, + done from then on, ~ otherwise.');
  const changed = values.filter((each) => each.changes).length;
  if (values.length > 0)
    lines.push(`${plural(values.length, 'measured value', 'measured values')}, of which ${changed} change.`);
  return `${lines.map((line) => cutColumns(printable(line), width)).join('\n')}\n`;
}

function boundaryLines(each: Boundary): readonly string[] {
  const { turn, says, before, after, scenarios, cases } = each;
  const where = `${scenarios[0]}${scenarios.length > 1 ? ` and ${scenarios.length - 1} more` : ''}`;
  return [
    `  ${MARKS[turn]} ${says}`,
    `      ${turn === 'better' ? `before: ${before}` : turn === 'worse' ? `now: ${after}` : `${before} → ${after}`}`,
    `      ${where}, ${plural(cases.length, 'case', 'cases')}, ${underWords(each)}`,
  ];
}
