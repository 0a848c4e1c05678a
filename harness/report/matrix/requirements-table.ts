import { shortestPatterns } from '../../conformance/shortest-patterns.ts';
import { escapeHtml } from '../picture/index.ts';
import { byFamily, familyOf, plural } from '../verdict.ts';
import { groupCells, requirementCells } from './cells.ts';
import { type Column, labelOf, type Track } from './column.ts';
import { type CaseGroup, type MatrixRow, turns } from './rows.ts';
import { trackWords } from './words.ts';

/** Shorter than this, what heads a column is not broken, in characters. */
const SHORT = 12;

/** How many patterns name the cases of a group; more say less. */
const PATTERNS = 3;

/**
 * Requirement × version. Rows of groups can be read without the page's script, which folds them.
 * @param numberOf the group's place in what the script has
 */
export function requirementsTable(
  rows: readonly MatrixRow[],
  tracks: readonly Track[],
  numberOf: (group: CaseGroup) => number,
): string {
  const firsts = new Set(tracks.flatMap(({ columns }) => columns.slice(0, 1)));
  const isFirst = (column: Column): boolean => firsts.has(column);
  const width = tracks.reduce((sum, { columns }) => sum + columns.length, 1);
  const bodies = [...byFamily(rows)].map(
    ([family, members]) =>
      `<tbody class="family" data-family="${escapeHtml(family)}"><tr class="family"><th colspan="${width}" scope="rowgroup">${escapeHtml(family)}</th></tr></tbody>\n${members.map((row) => rowHtml(row, isFirst, numberOf)).join('\n')}`,
  );
  return `<div class="scroll" tabindex="0" role="region" aria-label="Requirements and versions"><table id="requirements-table">
<thead><tr><td></td>${tracks.map((each) => `<th class="group begins" scope="colgroup" colspan="${each.columns.length}">${escapeHtml(trackWords(each))}</th>`).join('')}</tr>
<tr><td></td>${tracks.flatMap(({ columns }) => columns.map((each) => `<th scope="col" class="label${isFirst(each) ? ' begins' : ''}${labelOf(each).length < SHORT ? ' short' : ''}">${escapeHtml(labelOf(each))}</th>`)).join('')}</tr></thead>
${bodies.join('\n')}
</table></div>`;
}

function rowHtml(
  { scenario, requirement, groups }: MatrixRow,
  isFirst: (column: Column) => boolean,
  numberOf: (group: CaseGroup) => number,
): string {
  const all = groups.flatMap(({ cases }) => cases.map((id) => ({ id })));
  const isChanging = groups.some((group) => turns(group) > 0);
  const head = `<th scope="row"><button class="more" data-opens="groups" aria-expanded="true" aria-label="Cases of ${escapeHtml(scenario)}" hidden></button>${escapeHtml(scenario)} <small>${escapeHtml(requirement)}</small></th>`;
  const inside = groups.map((group) => {
    const button = `<button class="more" data-opens="cases" data-group="${numberOf(group)}" aria-expanded="false" aria-label="Each of these cases" hidden></button>`;
    return `<tr class="group"><th scope="row">${button}${patternsHtml(group, all)}</th>${groupCells(group, isFirst)}</tr>`;
  });
  const text = `${scenario} ${requirement}`.toLowerCase();
  return `<tbody class="row" data-family="${escapeHtml(familyOf({ scenario }))}" data-changes="${isChanging}" data-text="${escapeHtml(text)}"><tr>${head}${requirementCells(groups, isFirst)}</tr>
${inside.join('\n')}</tbody>`;
}

function patternsHtml({ cases }: CaseGroup, all: readonly { readonly id: string }[]): string {
  const count = plural(cases.length, 'case', 'cases');
  if (cases.length === 1) return escapeHtml(cases[0] ?? '');
  if (cases.length === all.length) return `all ${count}`;
  const patterns = shortestPatterns(
    cases.map((id) => ({ id })),
    all,
  );
  const axesOf = (id: string): string => id.replace(/^[^[]+(?=\[)/, '');
  const such = patterns.length > PATTERNS ? `such as ${axesOf(cases[0] ?? '')}` : patterns.map(axesOf).join(' ');
  return `${count}, ${escapeHtml(such)}`;
}
