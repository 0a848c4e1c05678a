import type { Exchange } from '../../ledger/index.ts';
import { originForm } from '../../url/index.ts';

/** Whether a request was answered with a status of 2xx. */
export const isSuccess = ({ status }: Exchange): boolean => status !== undefined && status >= 200 && status < 300;

/** Whether a proxy's request is one inside a tunnel that it opened. */
export const isOutOfTunnel = ({ target }: Exchange): boolean => target.startsWith('https://');

/** A request as a report names it: its method, and its target as the origin sees it. A proxy may leave out a query without a word in it. */
export const line = (each: Exchange | undefined): string =>
  each ? `${each.method} ${originForm(each.target).replace(/\?$/, '')}` : '';
