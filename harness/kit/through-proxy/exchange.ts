import type { Exchange } from '../../ledger/index.ts';
import { originForm } from '../../url/index.ts';

export const isSuccess = ({ status }: Exchange): boolean => status !== undefined && status >= 200 && status < 300;

export const line = (each: Exchange | undefined): string => (each ? `${each.method} ${originForm(each.target)}` : '');
