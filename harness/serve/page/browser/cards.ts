import type { LabDocument, LabWindow } from './dom.ts';
import { Tab } from './tab.ts';

const KEY = 'proxyproof-cards';

/** Opens a card whose link is followed, and keeps open what the reader opened, when the page is loaded again. On a telephone cards are closed at first. */
export function rememberCards(page: LabDocument, window: LabWindow): void {
  const tab = new Tab(window);
  const cards = [...page.querySelectorAll('details.card')];
  const kept = tab.read(KEY);
  const isNarrow = page.documentElement.clientWidth < 1000;
  for (const each of cards) {
    if (kept !== undefined) each.open = kept.split(' ').includes(each.id);
    else if (isNarrow) each.open = false;
    each.addEventListener('toggle', () => {
      const open = cards.filter((card) => card.open).map(({ id }) => id);
      tab.keep(KEY, open.join(' '));
    });
  }
  page.addEventListener('click', ({ target }) => {
    const id = target?.closest('a[href^="#"]')?.getAttribute('href')?.slice(1);
    const card = cards.find((each) => each.id === id);
    if (!card) return;
    card.open = true;
    card.querySelector('summary')?.focus({ preventScroll: true });
  });
}
