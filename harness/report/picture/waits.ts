import { seconds } from './phrase.ts';
import type { ArrowRow, Row } from './row.ts';
import { RETRY_MS, WAIT_MS } from './scale.ts';

/** A stretch of time in which somebody waited. */
export interface Wait {
  readonly ms: number;
  /** The rows it lies between, by position. */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** subject: it did nothing. answer: a request was out. nobody: before the first request, or after the last answer. */
  readonly who: 'subject' | 'answer' | 'nobody';
}

const WORDS: Readonly<Record<Wait['who'], string>> = {
  subject: 'waited',
  answer: 'no answer for',
  nobody: 'nothing for',
};

/**
 * The waits of a case: from a refused request to the same one again, and every silence between arrows.
 * @param rows in order of time
 */
export function waitsOf(rows: readonly Row[]): Wait[] {
  const retries = retryWaits(rows);
  const silences = silentWaits(rows).filter(
    (silence) => !retries.some((retry) => retry.from <= silence.from && silence.to <= retry.to),
  );
  return [...retries, ...silences].sort((a, b) => a.from - b.from || a.to - b.to);
}

function retryWaits(rows: readonly Row[]): Wait[] {
  const refused = new Map<string, { at: number; t: number }>();
  const waits: Wait[] = [];
  rows.forEach((row, index) => {
    if (row.kind !== 'arrow') return;
    if (row.answer && row.to === 'subject' && (row.status === 429 || (row.status ?? 0) >= 500)) {
      refused.set(row.key, { at: index, t: row.t });
    }
    if (row.answer || row.from !== 'subject') return;
    const since = refused.get(row.key);
    refused.delete(row.key);
    if (!since || row.t - since.t < RETRY_MS) return;
    const ms = row.t - since.t;
    waits.push({ ms, from: since.at, to: index, label: `waited ${seconds(ms)}`, who: 'subject' });
  });
  return waits;
}

function silentWaits(rows: readonly Row[]): Wait[] {
  const waits: Wait[] = [];
  const pending = new Set<string>();
  let last = -1;
  rows.forEach((row, index) => {
    if (!isAnchor(row)) return;
    const before = rows[last];
    const ms = before ? row.t - before.t : 0;
    if (before && ms >= WAIT_MS) {
      const out = pending.size > 0;
      // Before the first request and after the last one nobody can be said to wait for anything.
      const idle = before.kind === 'note' || row.kind === 'note';
      const who = out ? 'answer' : idle ? 'nobody' : 'subject';
      waits.push({ ms, from: last, to: index, label: `${WORDS[who]} ${seconds(ms)}`, who });
    }
    last = index;
    if (row.kind !== 'arrow') return;
    if (row.to === 'tripwire') return;
    if (row.answer) pending.delete(row.exchange);
    else pending.add(row.exchange);
  });
  return waits;
}

/** Whether time is measured from this row: arrows and the edges of the case, not remarks. */
export function isAnchor(row: Row): row is ArrowRow | Extract<Row, { kind: 'note' }> {
  return row.kind === 'arrow' || (row.kind === 'note' && row.edge === true);
}

/** The waits as words, by the sequence number of the row that ended each. */
export function waitSentences(rows: readonly Row[]): Map<number, string> {
  const sentences = new Map<number, string>();
  for (const wait of waitsOf(rows)) {
    const row = rows[wait.to];
    if (row) sentences.set(row.seq, wait.label);
  }
  return sentences;
}
