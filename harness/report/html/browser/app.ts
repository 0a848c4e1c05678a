import { paint } from '../../picture/paint.ts';
import type { CaseData } from '../data.ts';
import type { PageDocument, PageElement, PageEvent, PageWindow } from './dom.ts';
import { eventPanel, eventsList } from './events-list.ts';
import { startFilter } from './filter.ts';

declare const document: PageDocument;
declare const window: PageWindow;

/** Rows of a picture that are drawn at once. */
const ROWS = 400;

const drawn = new Map<string, CaseData>();
const filter = startFilter(document);

/** Draws a case's timeline when it is first opened. */
function draw(element: PageElement): void {
  if (drawn.has(element.id)) return;
  const data = document.getElementById(`events-${element.id}`);
  const place = element.querySelector('.timeline');
  if (!data || !place) return;
  const content = JSON.parse(data.textContent ?? '') as CaseData;
  drawn.set(element.id, content);
  fill(place, content, ROWS);
}

function fill(place: PageElement, data: CaseData, rows: number): void {
  const { head, body, layout } = paint(data.events, data.evidence, rows);
  const scale = Math.round(layout.pixelsPerSecond * 10) / 10;
  const left = data.left > 0 ? ` ${data.left} more are only in ledger.ndjson.` : '';
  place.innerHTML =
    `<h4>Timeline</h4><p class="cite">Drawn to scale: a bar's length is the time waited, ${scale} pixels for one second, the same in the whole picture; a bar with a break mark is shortened, and says its true length. ` +
    'Events that follow one another faster than that are spread out, with their time at the left. ' +
    `${data.evidence.length > 0 ? '◆ marks the evidence of what failed. ' : ''}Choose an arrow to see its headers.</p>` +
    `<div class="picture"><div class="names">${head}</div>${body}</div>` +
    `${layout.hidden > 0 ? `<p><button type="button" class="more">Draw ${layout.hidden} more rows</button></p>` : ''}` +
    '<div class="panel" hidden></div>' +
    `<details class="events"><summary>All ${data.events.length} events${left}</summary><div class="list"></div></details>`;
  place.querySelector('.more')?.addEventListener('click', () => fill(place, data, Number.POSITIVE_INFINITY));
  const list = place.querySelector('details.events');
  list?.addEventListener('toggle', () => {
    const inside = list.querySelector('.list');
    if (inside && inside.innerHTML === '') inside.innerHTML = eventsList(data.events);
  });
}

/** Shows one event's head below the picture, and its row in it. */
function show(owner: PageElement, seq: number): void {
  draw(owner);
  const data = drawn.get(owner.id);
  const panel = owner.querySelector('.panel');
  if (!data || !panel) return;
  for (const row of owner.querySelectorAll('.row')) row.classList.toggle('chosen', row.dataset['seq'] === String(seq));
  panel.innerHTML = `<button type="button" class="close" aria-label="Close">×</button>${eventPanel(data.events, seq)}`;
  panel.hidden = false;
}

function openCase(id: string): void {
  const element = document.getElementById(id);
  if (!element) return;
  filter.reveal(element);
  element.open = true;
  draw(element);
  element.scrollIntoView({ block: 'start' });
}

function clicked(event: PageEvent): void {
  const target = event.target;
  const owner = target?.closest('details.case');
  const cell = target?.closest('a.cell');
  if (cell?.dataset['case']) openCase(cell.dataset['case']);
  if (!target || !owner) return;
  if (target.closest('.close')) {
    const panel = target.closest('.panel');
    if (panel) panel.hidden = true;
    return;
  }
  const link = target.closest('[data-show]');
  const row = target.closest('.row');
  const seq = link?.dataset['show'] ?? row?.dataset['seq'];
  if (seq === undefined) return;
  show(owner, Number(seq));
  if (link) owner.querySelector(`.row[data-seq="${seq}"]`)?.scrollIntoView({ block: 'center' });
}

// The toggle event does not bubble, so it is caught on its way down.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target?.open && target.classList && target.closest('details.case') === target) draw(target);
  },
  true,
);
document.addEventListener('click', clicked);
window.addEventListener('hashchange', () => openCase(window.location.hash.slice(1)));
for (const element of document.querySelectorAll('details.case[open]')) draw(element);
if (window.location.hash !== '') openCase(window.location.hash.slice(1));
