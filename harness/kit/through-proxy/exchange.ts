import type { Exchange } from '../../ledger/index.ts';

/** A request target without scheme and authority, as the origin sees it. */
export const originForm = (target: string): string => target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '') || '/';

export const isSuccess = ({ status }: Exchange): boolean => status !== undefined && status >= 200 && status < 300;

export const line = (each: Exchange | undefined): string => (each ? `${each.method} ${originForm(each.target)}` : '');
