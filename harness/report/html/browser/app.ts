import { type Address, readAddress, writeAddress } from './address.ts';
import type { PageDocument, PageElement, PageEvent, PageWindow } from './dom.ts';
import { startFilter } from './filter.ts';
import { keyPressed } from './keys.ts';
import { packsOf } from './packs.ts';
import { Timeline } from './timeline.ts';

declare const document: PageDocument;
declare const window: PageWindow;

const packs = packsOf(document);
const drawn = new Map<PageElement, Promise<Timeline | undefined>>();
const filter = startFilter(document, packs.texts, () => remember({ open: readAddress(window.location.hash).open }));

/** Draws a case when it is first opened. */
function draw(element: PageElement): Promise<Timeline | undefined> {
  const known = drawn.get(element) ?? drawNow(element);
  drawn.set(element, known);
  return known;
}

async function drawNow(element: PageElement): Promise<Timeline | undefined> {
  const inside = element.querySelector('.inside');
  if (!inside) return undefined;
  try {
    const { inside: html, ...data } = await packs.caseOf(element);
    inside.innerHTML = html;
    const place = inside.querySelector('.timeline');
    return place ? new Timeline(place, data) : undefined;
  } catch {
    inside.innerHTML +=
      '<p class="cite">This browser cannot unpack the timeline. One made after May 2023 can; the events are in ledger.ndjson, too.</p>';
    return undefined;
  }
}

/** Opens a case and moves the focus to it. */
async function openCase(id: string): Promise<void> {
  const element = document.getElementById(id);
  if (!element) return;
  if (element.hidden) await filter.choose({ only: [], find: '' });
  element.open = true;
  await draw(element);
  element.scrollIntoView({ block: 'start' });
  element.querySelector('summary')?.focus({ preventScroll: true });
}

/** Keeps in the address what is shown, so that a copied link shows the same. */
function remember({ open }: { open: string | undefined }, how: 'pushState' | 'replaceState' = 'replaceState'): void {
  const address: Address = { ...filter.chosen, ...(open === undefined ? {} : { open }) };
  window.history[how](null, '', writeAddress(address));
}

async function follow(): Promise<void> {
  const { open, only, find } = readAddress(window.location.hash);
  await filter.choose({ only, find });
  if (open !== undefined) await openCase(open);
}

async function followLink(anchor: string): Promise<void> {
  const target = document.getElementById(anchor);
  if (!target) return;
  if (!target.closest('details.case')) {
    target.scrollIntoView({ block: 'start' });
    target.focus({ preventScroll: true });
    return;
  }
  await openCase(anchor);
  remember({ open: anchor }, 'pushState');
}

async function showEvent(owner: PageElement, seq: number, isLink: boolean): Promise<void> {
  const timeline = await draw(owner);
  timeline?.show(seq);
  if (isLink) timeline?.focus(seq);
}

function clicked(event: PageEvent): void {
  const { target } = event;
  const anchor = target?.closest('a[href^="#"]')?.getAttribute('href')?.slice(1);
  if (anchor !== undefined) {
    event.preventDefault();
    void followLink(anchor);
    return;
  }
  const owner = target?.closest('details.case');
  if (!target || !owner) return;
  if (target.closest('.close')) {
    void drawn.get(owner)?.then((timeline) => timeline?.close());
    return;
  }
  const link = target.closest('[data-show]');
  const seq = link?.dataset['show'] ?? target.closest('.row')?.dataset['seq'];
  if (seq !== undefined) void showEvent(owner, Number(seq), link !== null);
}

/** A cell's tooltip is what the case's own line says; 1,500 of them need not be in the page twice. */
function explained({ target }: PageEvent): void {
  const cell = target?.closest?.('a.cell');
  const anchor = cell?.getAttribute('href')?.slice(1);
  if (!cell || anchor === undefined || cell.getAttribute('title') !== null) return;
  const line = document.getElementById(anchor)?.querySelector('summary')?.textContent ?? '';
  cell.setAttribute('title', line.replace(/\s+/g, ' ').trim());
}

/** What is scrolled to must not end up below the bar, however many lines that has. */
function fitToWindow(): void {
  const bar = document.querySelector('.tools');
  document.documentElement.style.setProperty('--bar', `${bar?.offsetHeight ?? 0}px`);
  for (const timeline of drawn.values()) void timeline.then((each) => each?.draw());
}

async function start(): Promise<void> {
  fitToWindow();
  await follow();
  for (const element of document.querySelectorAll('details.case[open]')) await draw(element);
}

// The toggle event does not bubble, so it is caught on its way down.
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (!target?.classList?.contains('case')) return;
    if (target.open) void draw(target).then((timeline) => timeline?.draw());
    // Two pictures that are held against each other open and close together.
    for (const other of target.closest('.pair')?.querySelectorAll('details.case') ?? []) other.open = target.open;
  },
  true,
);
document.addEventListener('click', clicked);
document.addEventListener('keydown', (event) => keyPressed(event, (owner) => draw(owner)));
document.addEventListener('pointerover', explained);
document.addEventListener('focusin', explained);
window.addEventListener('popstate', () => void follow());
window.addEventListener('resize', fitToWindow);
void start();
