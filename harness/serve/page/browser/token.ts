import type { LabWindow } from './dom.ts';
import { Tab } from './tab.ts';

const KEY = 'proxyproof-token';

/**
 * The token that only the printed address holds. It is taken out of the visible address, and kept until the tab is closed, so
 * that the page can be loaded again.
 * @returns nothing when neither the address nor the tab has one
 */
export function takeToken(window: LabWindow): string | undefined {
  const { location, history } = window;
  const tab = new Tab(window);
  const given = new URLSearchParams(location.hash.replace(/^#/, '')).get('token');
  if (given === null) return tab.read(KEY);
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  tab.keep(KEY, given);
  return given;
}
