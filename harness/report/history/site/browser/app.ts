import type { PageDocument, PageElement, PageEvent, PageWindow } from '../../../html/browser/dom.ts';
import { escapeHtml } from '../../../picture/markup.ts';
import { standingsOf } from '../../model/standings.ts';
import { parseQuery } from '../../query/parse-query.ts';
import { QueryError } from '../../query/query-error.ts';
import { historyMatrix } from '../matrix-html.ts';
import { type HistoryPageData, PAGE_DATA } from '../page-data.ts';
import { foundWords, resultsHtml } from '../results-html.ts';
import { walkCells } from './cells.ts';

// The modules above have what runs here; this file only puts them together, once.
declare const document: PageDocument;
declare const window: PageWindow;
declare const requestAnimationFrame: (next: () => void) => void;

const { data, links } = JSON.parse(document.getElementById(PAGE_DATA)?.textContent ?? '{}') as HistoryPageData;
const standings = standingsOf(data);
const part = (id: string): PageElement | undefined => document.getElementById(id) ?? undefined;
const input = part('query');

function put(id: string, html: string): void {
  const element = part(id);
  if (!element) return;
  element.innerHTML = html;
  element.hidden = html === '';
}

/** Draws what was searched for; a search that cannot be read leaves the matrix as it is. */
function search(): void {
  const text = input?.value.trim() ?? '';
  try {
    const isWanted = text === '' ? undefined : parseQuery(text);
    const found = isWanted ? standings.filter(isWanted) : [];
    put('matrix-table', historyMatrix({ data, links, standings, ...(isWanted ? { isWanted } : {}) }));
    put('found', isWanted ? foundWords(found, standings.length) : '');
    put('results', found.length > 0 ? `<h2>Results</h2>${resultsHtml(found, links)}` : '');
    complain('');
    walkCells(document);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    complain(error.message);
  }
}

function complain(message: string): void {
  put('wrong-query', escapeHtml(message));
  input?.setAttribute('aria-invalid', String(message !== ''));
}

/** `#q=outcome%3Afail`: a search has an address of its own. */
function follow(): void {
  const wanted = new URLSearchParams(window.location.hash.replace(/^#/, '')).get('q') ?? '';
  if (input && wanted !== input.value) input.value = wanted;
  search();
}

function keep(): void {
  const text = input?.value.trim() ?? '';
  window.history.replaceState(null, '', text === '' ? '#' : `#${new URLSearchParams({ q: text })}`);
}

function explained({ target }: PageEvent): void {
  const cell = target?.closest('a.cell');
  if (cell) cell.setAttribute('title', cell.getAttribute('aria-label') ?? '');
}

let pending: ReturnType<typeof setTimeout> | undefined;
/** How long a pause in typing must be before the matrix is drawn again, in milliseconds. */
const PAUSE_MS = 150;

input?.addEventListener('input', () => {
  clearTimeout(pending);
  pending = setTimeout(() => {
    search();
    keep();
  }, PAUSE_MS);
});
part('search-form')?.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(pending);
  search();
  keep();
});
// A cell says what it stands for when it is looked at; ten thousand need not carry it twice.
document.addEventListener('pointerover', explained);
document.addEventListener('focusin', explained);
window.addEventListener('hashchange', follow);
// What is there already is shown first: the matrix takes longer to draw than all the rest.
requestAnimationFrame(() => setTimeout(follow));
