import type { Outcome } from '../../../conformance/outcome.ts';
import { marks } from '../../marks.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { worstOf } from '../model/direction.ts';
import type { HistoryColumn, HistoryData } from '../model/history-data.ts';
import type { CaseStanding } from '../model/standings.ts';
import type { SiteLinks } from './site-links.ts';
import { countWords, profileWords, subjectWords } from './site-words.ts';

/** So few requirements stand in one table, and not in one for each family. */
const SHORT = 40;

/** What the matrix is drawn from. */
export interface MatrixView {
  readonly data: HistoryData;
  readonly links: SiteLinks;
  readonly standings: readonly CaseStanding[];
  /** Whether a result is one that was searched for; undefined when nothing was. */
  readonly isWanted?: (standing: CaseStanding) => boolean;
}

/** Requirement × subject. A cell stands for all cases of the requirement, and leads to the page that has them. */
export function historyMatrix({ data, links, standings, isWanted = () => true }: MatrixView): string {
  const cells = Map.groupBy(standings, (each) => `${each.scenarioIndex} ${each.columnIndex}`);
  const wanted = new Set(standings.filter(isWanted));
  const columns = data.columns.map((column, index) => ({ column, index })).filter(has(wanted, 'columnIndex'));
  const scenarios = data.scenarios.map(([id], index) => ({ id, index })).filter(has(wanted, 'scenarioIndex'));
  const head = headHtml(columns, links);
  const isShort = scenarios.length <= SHORT;
  const families = Map.groupBy(scenarios, ({ id }) => (isShort ? '' : (id.split('/')[0] ?? id)));
  return [...families]
    .map(([family, members]) => {
      const rows = members.map(({ id, index }) => {
        const inRow = columns.map(({ column, index: at }) => {
          const here = cells.get(`${index} ${at}`);
          return here
            ? cellHtml(
                here,
                here.filter((each) => wanted.has(each)),
                column,
                `${pageOf(id)}#${links.columns[at]}`,
              )
            : '<td></td>';
        });
        return `<tr><th scope="row"><a href="${pageOf(id)}" tabindex="-1">${escapeHtml(isShort ? id : id.slice(family.length + 1))}</a></th>${inRow.join('')}</tr>`;
      });
      const height = 190 + rows.length * 25;
      return `<section class="family" style="contain-intrinsic-height:auto ${height}px">${isShort ? '' : `<h3>${escapeHtml(family)}</h3>`}<div class="scroll"><table class="history">${head}<tbody>${rows.join('')}</tbody></table></div></section>`;
    })
    .join('');
}

interface Indexed {
  readonly index: number;
}

/** Whether a row or a column has anything that is wanted. */
function has(wanted: ReadonlySet<CaseStanding>, key: 'columnIndex' | 'scenarioIndex'): (each: Indexed) => boolean {
  const found = new Set([...wanted].map((each) => each[key]));
  return ({ index }) => found.has(index);
}

const pageOf = (scenario: string): string => `requirements/${scenario}.html`;

function headHtml(columns: readonly { column: HistoryColumn; index: number }[], links: SiteLinks): string {
  const groups = Map.groupBy(columns, ({ column }) => `${column.name}, ${profileWords(column)}`);
  const names = [...groups].map(
    ([name, members]) =>
      `<th class="edge group" scope="colgroup" colspan="${members.length}">${escapeHtml(name).replace(', ', '<br>')}</th>`,
  );
  const versions = columns.map(
    ({ column, index }) =>
      `<th scope="col"><a href="subjects/${links.subjects[index]}.html" tabindex="-1" aria-label="${escapeHtml(`${subjectWords(column)}, ${profileWords(column)}`)}"><span>${escapeHtml(column.version)}</span></a></th>`,
  );
  return `<thead><tr><td></td>${names.join('')}</tr><tr class="labels"><td></td>${versions.join('')}</tr></thead>`;
}

function cellHtml(
  all: readonly CaseStanding[],
  wanted: readonly CaseStanding[],
  column: HistoryColumn,
  href: string,
): string {
  const shown = wanted.length > 0 ? wanted : all;
  const worst = worstOf(shown.map(({ outcome }) => outcome));
  const same = shown.filter(({ outcome }) => outcome === worst);
  const classes = [
    'cell',
    worst,
    ...(same.some((each) => each.isUnexpected) ? ['unexpected'] : same.some(({ known }) => known) ? ['known'] : []),
    ...(wanted.length === 0 ? ['dim'] : []),
    ...(shown.some(({ changed }) => changed?.isRecent) ? ['changed'] : []),
  ];
  const label = `${all[0]?.scenario}, ${subjectWords(column)}, profile ${column.profile}: ${wordsOf(shown)}`;
  return `<td><a class="${classes.join(' ')}" href="${href}" tabindex="-1" aria-label="${escapeHtml(label)}">${marks[worst]}</a></td>`;
}

function wordsOf(shown: readonly CaseStanding[]): string {
  const outcomes: Outcome[] = shown.map(({ outcome }) => outcome);
  const changed = shown.filter((each) => each.changed?.isRecent).length;
  return `${countWords(outcomes)}${changed > 0 ? `; ${changed} changed` : ''}`;
}
