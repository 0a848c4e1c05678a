import type { LedgerEvent } from '../../ledger/index.ts';
import type { Mask } from '../diagnosis/mask.ts';

/** What tells events apart, and is never a customer's. */
const STRUCTURE = new Set(['kind', 'peer', 'case', 'via', 'exchange', 'connection', 'method', 'what', 'state', 'step']);

/** An event without what is secret in a customer's files; the ledger has masked what is secret in the world. */
export const maskedEvent = (event: LedgerEvent, mask: Mask): LedgerEvent => masked(event, mask);

function masked<T>(value: T, mask: Mask, key = ''): T {
  if (typeof value === 'string') return STRUCTURE.has(key) && WORD.test(value) ? value : (mask(value) as T);
  if (Array.isArray(value)) return value.map((each) => masked(each, mask)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each, mask, name)])) as T;
}

const WORD = /^[\w.-]*$/;
