import type { PageDocument, PageElement } from './dom.ts';

/** Shows only the cases whose outcome is chosen and whose text has the words searched for. */
export function startFilter(page: PageDocument): { reveal(element: PageElement): void } {
  const buttons = [...page.querySelectorAll('[data-filter]')];
  const search = page.getElementById('search');
  const said = page.getElementById('shown');
  const cases = [...page.querySelectorAll('details.case')];
  const texts = new Map(cases.map((each) => [each, textOf(each)]));
  const cells = new Map([...page.querySelectorAll('a.cell')].map((cell) => [cell.dataset['case'], cell]));
  const chosen = new Set<string>();

  const apply = (): void => {
    const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const each of cases) {
      const { outcome = '', unexpected } = each.dataset;
      const wanted = chosen.size === 0 || chosen.has(outcome) || (chosen.has('unexpected') && unexpected === 'true');
      const found = words.every((word) => texts.get(each)?.includes(word));
      each.hidden = !(wanted && found);
      if (!each.hidden) shown++;
      cells.get(each.id)?.classList.toggle('dim', each.hidden);
    }
    for (const section of page.querySelectorAll('section.cases')) {
      section.hidden = ![...section.querySelectorAll('details.case')].some((each) => !each.hidden);
    }
    if (said) said.innerHTML = shown === cases.length ? '' : `${shown} of ${cases.length} cases`;
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      const name = button.dataset['filter'] ?? '';
      if (!chosen.delete(name)) chosen.add(name);
      button.setAttribute('aria-pressed', String(chosen.has(name)));
      apply();
    });
  }
  search?.addEventListener('input', apply);
  return {
    reveal(element) {
      if (!element.hidden) return;
      chosen.clear();
      for (const button of buttons) button.setAttribute('aria-pressed', 'false');
      if (search) search.value = '';
      apply();
    },
  };
}

const textOf = (element: PageElement): string => (element.textContent ?? '').toLowerCase();
