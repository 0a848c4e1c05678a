import { marks } from '../../marks.ts';
import { escapeHtml } from '../../picture/markup.ts';
import type { CaseStanding } from '../model/standings.ts';
import type { SiteLinks } from './site-links.ts';
import { changeWords, profileWords, subjectWords } from './site-words.ts';

/** How many results are listed at most; the matrix has them all. */
const LISTED = 200;

/** What a search has found, as a list. */
export function resultsHtml(found: readonly CaseStanding[], links: SiteLinks): string {
  const items = found.slice(0, LISTED).map((each) => {
    const href = `requirements/${each.scenario}.html#${links.columns[each.columnIndex]}`;
    const more = [changeWords(each), each.known ? 'known' : ''].filter(Boolean).join(', ');
    return `<li><span class="cell ${each.outcome}" aria-hidden="true">${marks[each.outcome]}</span> <a href="${href}"><code>${escapeHtml(each.id)}</code></a> <span class="word ${each.outcome}">${each.outcome}</span> ${escapeHtml(`${subjectWords(each.column)}, ${profileWords(each.column)}`)}${more === '' ? '' : ` <small>${escapeHtml(more)}</small>`}</li>`;
  });
  const rest = found.length > LISTED ? `<p class="cite">And ${found.length - LISTED} more: narrow the search.</p>` : '';
  return `<ul class="results">${items.join('')}</ul>${rest}`;
}

/** `36 results in 3 requirements, 2 columns`. */
export function foundWords(found: readonly CaseStanding[], all: number): string {
  if (found.length === 0) return `Nothing of ${all} results is as this search wants it.`;
  const count = (key: 'scenarioIndex' | 'columnIndex'): number => new Set(found.map((each) => each[key])).size;
  const words = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `${found.length} of ${words(all, 'result')}: ${words(count('scenarioIndex'), 'requirement')}, ${words(count('columnIndex'), 'column')}.`;
}
