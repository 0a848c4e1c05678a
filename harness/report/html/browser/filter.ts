import type { Address } from './address.ts';
import type { PageDocument, PageElement } from './dom.ts';

/** Which cases are shown: those with an outcome that is chosen and all words that are searched for. */
export interface Filter {
  readonly chosen: Pick<Address, 'only' | 'find'>;
  /** Shows what an address asks for. */
  choose(wanted: Pick<Address, 'only' | 'find'>): Promise<void>;
}

/**
 * Makes the bar of the page a filter.
 * @param texts what is searched, by the ids of cases; asked for when there is something to search
 * @param changed called when the reader chose something else
 */
export function startFilter(
  page: PageDocument,
  texts: () => Promise<ReadonlyMap<string, string>>,
  changed: () => void,
): Filter {
  const buttons = [...page.querySelectorAll('[data-filter]')];
  const search = page.getElementById('search');
  const said = page.getElementById('shown');
  const cases = [...page.querySelectorAll('details.case')];
  const sections = [...page.querySelectorAll('section.cases')];
  const chosen = new Set<string>();

  const apply = async (): Promise<void> => {
    const known = search?.value ? await texts() : undefined;
    // Read only now: more may have been typed meanwhile.
    const words = (search?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const hidden = new Set(cases.filter((each) => !wanted(each, known?.get(each.id) ?? '', words)));
    for (const each of cases) each.hidden = hidden.has(each);
    const ids = new Set([...hidden].map((each) => `#${each.id}`));
    for (const cell of page.querySelectorAll('a.cell')) {
      cell.classList.toggle('dim', ids.has(cell.getAttribute('href') ?? ''));
    }
    for (const section of sections) {
      section.hidden = ![...section.querySelectorAll('details.case')].some((each) => !each.hidden);
    }
    if (said) said.innerHTML = hidden.size === 0 ? '' : `${cases.length - hidden.size} of ${cases.length} cases`;
  };

  const wanted = (each: PageElement, text: string, words: readonly string[]): boolean => {
    const { outcome = '', unexpected } = each.dataset;
    const isChosen = chosen.size === 0 || chosen.has(outcome) || (chosen.has('unexpected') && unexpected === 'true');
    return isChosen && words.every((word) => text.includes(word));
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      const name = button.dataset['filter'] ?? '';
      if (!chosen.delete(name)) chosen.add(name);
      button.setAttribute('aria-pressed', String(chosen.has(name)));
      void apply().then(changed);
    });
  }
  search?.addEventListener('input', () => void apply().then(changed));
  return {
    get chosen() {
      return { only: [...chosen], find: search?.value.trim() ?? '' };
    },
    async choose({ only, find }) {
      if (String([...chosen]) === String(only) && find === (search?.value.trim() ?? '')) return;
      chosen.clear();
      for (const button of buttons) {
        const name = button.dataset['filter'] ?? '';
        if (only.includes(name)) chosen.add(name);
        button.setAttribute('aria-pressed', String(chosen.has(name)));
      }
      if (search) search.value = find;
      await apply();
    },
  };
}
