import { escapeHtml } from '../picture/index.ts';
import { ownProgram, shellQuote } from '../rerun.ts';
import { plural } from '../verdict.ts';
import { type Boundary, byVersions } from './boundaries.ts';
import { labelOf } from './column.ts';
import type { Matrix } from './matrix.ts';
import type { MatrixCell } from './rows.ts';
import { betweenWords, boundaryWords, underWords } from './words.ts';

/** How many cases are named; the table has all. */
const NAMED = 12;

/** The boundaries, version by version: what each is called, what was seen on both sides, and how to find it more exactly. */
export function changesHtml({ boundaries, tracks }: Matrix): string {
  if (boundaries.length === 0) return '<p>No behaviour changes from one of these versions to the next.</p>';
  return byVersions(boundaries, tracks)
    .map(
      ({ from, to, between, members }) =>
        `<h3>${escapeHtml(labelOf(from))} → ${escapeHtml(labelOf(to))} <small>${[plural(members.length, 'change', 'changes'), escapeHtml(betweenWords(between))].filter(Boolean).join('; ')}</small></h3>
<ul class="changes">${members.map(changeHtml).join('\n')}</ul>`,
    )
    .join('\n');
}

function changeHtml(each: Boundary): string {
  const { turn, before, after, from, to, scenarios, cases, shown } = each;
  const more = cases.length > NAMED ? `<br>and ${cases.length - NAMED} more` : '';
  const side = (words: string, cell: MatrixCell): string =>
    `${escapeHtml(words)}${cell.entry?.href ? ` <a href="${escapeHtml(cell.entry.href)}">see</a>` : ''}`;
  return `<li><details class="${turn}"><summary><strong>${escapeHtml(boundaryWords(each))}</strong> <small>${plural(cases.length, 'case', 'cases')} of ${escapeHtml(scenarios[0] ?? '')}${scenarios.length > 1 ? ` and ${scenarios.length - 1} more` : ''}, ${escapeHtml(underWords(each))}</small></summary>
<div class="inside"><dl><dt>${escapeHtml(labelOf(from))}</dt><dd>${side(before, shown.before)}</dd>
<dt>${escapeHtml(labelOf(to))}</dt><dd>${side(after, shown.after)}</dd>
<dt>Cases</dt><dd>${cases
    .slice(0, NAMED)
    .map((id) => `<code>${escapeHtml(id)}</code>`)
    .join('<br>')}${more}</dd>${bisectHtml(each)}</dl></div></details></li>`;
}

/** Between two releases others may lie, whose binaries somebody has. */
function bisectHtml({ from, to, cases, under }: Boundary): string {
  const [good, bad] = [labelOf(from), labelOf(to)];
  if (![good, bad].every((each) => /^\d+\.\d+\.\d+$/.test(each))) return '';
  const profile = under[0]?.split(', ')[0] ?? '';
  const words = ['bisect', good, bad, cases[0] ?? '', '--profile', profile, '--binaries', 'DIR'];
  const command = [...ownProgram(import.meta.url), ...words].map(shellQuote).join(' ');
  return `<dt>The very version</dt><dd><code>${escapeHtml(command)}</code></dd>`;
}
