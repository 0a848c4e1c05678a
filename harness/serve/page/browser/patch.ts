import type { LabDocument, LabElement } from './dom.ts';

const last = new WeakMap<LabElement, string>();

/**
 * Gives an element new content where that differs from what it has. The focus stays with what has the same `data-key`, and
 * what was opened or scrolled stays so.
 */
export function patch(page: LabDocument, element: LabElement, html: string): void {
  if (last.get(element) === html) return;
  last.set(element, html);
  const focused = element.contains(page.activeElement) ? page.activeElement?.dataset['key'] : undefined;
  const open = keysOf(element, 'details[open][data-key]');
  const scrolled = new Map(
    [...element.querySelectorAll('[data-scrolls]')].map((each) => [each.dataset['scrolls'], each]),
  );
  const places = new Map(
    [...scrolled].map(([key, each]) => [key, isAtEnd(each) ? Number.MAX_SAFE_INTEGER : each.scrollTop]),
  );
  element.innerHTML = html;
  for (const each of element.querySelectorAll('details[data-key]')) if (open.has(each.dataset['key'])) each.open = true;
  for (const each of element.querySelectorAll('[data-scrolls]')) {
    each.scrollTop = places.get(each.dataset['scrolls']) ?? Number.MAX_SAFE_INTEGER;
  }
  if (focused === undefined) return;
  const again = [...element.querySelectorAll('[data-key]')].find((each) => each.dataset['key'] === focused);
  (again ?? element.closest('section, details'))?.focus({ preventScroll: true });
}

const keysOf = (element: LabElement, selector: string): Set<string | undefined> =>
  new Set([...element.querySelectorAll(selector)].map((each) => each.dataset['key']));

const isAtEnd = ({ scrollHeight, scrollTop, clientHeight }: LabElement): boolean =>
  scrollHeight - scrollTop - clientHeight < 24;
