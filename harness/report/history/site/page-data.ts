import type { HistoryData } from '../model/history-data.ts';
import type { SiteLinks } from './site-links.ts';

/** The id of the element that holds it. */
export const PAGE_DATA = 'history-data';

/** What the first page carries for its script. */
export interface HistoryPageData {
  readonly data: HistoryData;
  readonly links: SiteLinks;
}
