import type { LabEvent } from './dom.ts';

/** How far a key goes in a picture, in rows. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
const ENDS: Readonly<Record<string, number>> = { Home: 0, End: -1 };

/** What a key means in the picture. */
export type RowKey =
  | { readonly is: 'close' }
  | { readonly is: 'open' | 'go'; readonly seq: number }
  /** From the first row up, or from the last one down: to what is not drawn. */
  | { readonly is: 'beyond'; readonly from: number; readonly by: 1 | -1 };

/** @param seqs the rows that are drawn, from top to bottom */
export function rowKey({ target, key = '' }: LabEvent, seqs: readonly number[]): RowKey | undefined {
  if (key === 'Escape') return { is: 'close' };
  const row = target?.closest('.row');
  if (!row) return undefined;
  const from = Number(row.dataset['seq']);
  if (key === 'Enter' || key === ' ') return { is: 'open', seq: from };
  const end = seqs.at(ENDS[key] ?? 0);
  if (key in ENDS && end !== undefined) return { is: 'go', seq: end };
  const step = STEPS[key];
  if (step === undefined) return undefined;
  const at = seqs.indexOf(from);
  if (at + step < 0 && at === 0) return { is: 'beyond', from, by: -1 };
  if (at + step >= seqs.length && at === seqs.length - 1) return { is: 'beyond', from, by: 1 };
  const seq = seqs[Math.max(0, Math.min(seqs.length - 1, at + step))];
  return seq === undefined ? undefined : { is: 'go', seq };
}
