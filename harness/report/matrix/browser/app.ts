import { escapeHtml } from '../../picture/markup.ts';
import { CASES_OF_A_REPORT, type CasesData } from '../cases-data.ts';
import type { MatrixDocument, MatrixElement } from './dom.ts';

declare const document: MatrixDocument;

const data = JSON.parse(document.querySelector('#cases-data')?.textContent ?? '') as CasesData;
const rows = [...document.querySelectorAll('tbody.row')];
const families = [...document.querySelectorAll('tbody.family')];
const search = document.querySelector('#search');
const onlyChanges = document.querySelector('#only-changes');

document.addEventListener('click', ({ target }) => {
  const button = target?.closest('button');
  if (button?.dataset['opens'] === 'groups') showGroups(button, !isOpen(button));
  if (button?.dataset['opens'] === 'cases') showCases(button, !isOpen(button));
  if (button && button.id === onlyChanges?.id) {
    button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
    filter();
  }
});
search?.addEventListener('input', filter);

for (const button of document.querySelectorAll('button.more')) {
  button.hidden = false;
  if (button.dataset['opens'] === 'groups') showGroups(button, false);
}
const tools = document.querySelector('.tools');
if (tools) tools.hidden = false;
filter();

function isOpen(button: MatrixElement): boolean {
  return button.getAttribute('aria-expanded') === 'true';
}

function showGroups(button: MatrixElement, open: boolean): void {
  button.setAttribute('aria-expanded', String(open));
  const body = button.closest('tbody');
  for (const each of body?.querySelectorAll('tr.group') ?? []) each.hidden = !open;
  if (open) return;
  for (const each of body?.querySelectorAll('button[data-opens=cases]') ?? []) showCases(each, false);
}

/** The single cases of a group come into the page when they are asked for. */
function showCases(button: MatrixElement, open: boolean): void {
  button.setAttribute('aria-expanded', String(open));
  const number = button.dataset['group'] ?? '';
  for (const each of document.querySelectorAll(`tr.case-row[data-of="${number}"]`)) each.remove();
  const group = button.closest('tr');
  if (!open || !group) return;
  const cells = [...group.querySelectorAll('td')].map((cell) => cell.outerHTML);
  const cases = data.groups[Number(number)] ?? [];
  group.insertAdjacentHTML(
    'afterend',
    cases
      .map(([id, ...places]) =>
        caseRow(
          number,
          id,
          cells.map((cell, at) => caseCell(cell, places[at] ?? 0)),
        ),
      )
      .join(''),
  );
}

function caseRow(group: string, id: string, cells: readonly string[]): string {
  return `<tr class="case-row" data-of="${group}"><th scope="row">${escapeHtml(id)}</th>${cells.join('')}</tr>`;
}

/** Every case of a group came to the same, so its cells are the group's with other addresses. */
function caseCell(cell: string, place: number): string {
  const report = data.reports[Math.floor(place / CASES_OF_A_REPORT)];
  if (place === 0 || report === undefined) return cell.includes('<a ') ? '<td></td>' : cell;
  const href = escapeHtml(`${report}#case-${place % CASES_OF_A_REPORT}`);
  // What the title says is the first case's own.
  return cell.replace(/ href="[^"]*"/, ` href="${href}"`).replace(/ title="[^"]*"/, '');
}

function filter(): void {
  const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const changing = onlyChanges?.getAttribute('aria-pressed') === 'true';
  for (const row of rows) {
    const text = row.dataset['text'] ?? '';
    row.hidden = (changing && row.dataset['changes'] !== 'true') || !words.every((word) => text.includes(word));
  }
  const shown = rows.filter(({ hidden }) => !hidden);
  const has = new Set(shown.map(({ dataset }) => dataset['family']));
  for (const each of families) each.hidden = !has.has(each.dataset['family']);
  const said = document.querySelector('#shown');
  if (said) said.textContent = `${shown.length} of ${rows.length} requirements`;
}
