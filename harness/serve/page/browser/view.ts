import { placeAfter } from '../../place-after.ts';

/**
 * Which events of a long list are drawn: the newest as long as the reader follows, else those that the reader went to. A
 * picture of all would take the browser seconds.
 */
export interface RowWindow {
  /** How many events are drawn at most. */
  readonly size: number;
  /** The number of the last event that is drawn; nothing while the reader follows. */
  readonly until?: number;
}

/** What has a number that rises. */
interface Numbered {
  readonly seq: number;
}

/** The part of a list that is drawn, and how many lie before and after it. */
export interface Slice<T> {
  readonly shown: readonly T[];
  readonly older: number;
  readonly newer: number;
}

export function sliceOf<T extends Numbered>(all: readonly T[], { size, until }: RowWindow): Slice<T> {
  const kept = until === undefined ? all.length : placeAfter(all, until);
  // Where all that was drawn is gone, the oldest that are left are next to it.
  const end = kept > 0 ? kept : Math.min(size, all.length);
  const start = Math.max(0, end - size);
  return { shown: all.slice(start, end), older: start, newer: all.length - end };
}

/** Stops following: what is drawn now stays. */
export function held<T extends Numbered>(all: readonly T[], view: RowWindow): RowWindow {
  return view.until === undefined ? { ...view, until: all.at(-1)?.seq ?? 0 } : view;
}

/** Goes so many events back (negative) or forth; at the newest the reader follows again. */
export function moved<T extends Numbered>(all: readonly T[], view: RowWindow, by: number): RowWindow {
  const end = view.until === undefined ? all.length : placeAfter(all, view.until);
  return endingAt(all, view, end + by);
}

/** Goes where one event stands in the middle. */
export function around<T extends Numbered>(all: readonly T[], view: RowWindow, seq: number): RowWindow {
  const { size } = view;
  const place = placeAfter(all, seq);
  const until = all[Math.max(Math.min(all.length, place + (size >> 1)), Math.min(size, all.length)) - 1]?.seq;
  return until === undefined ? { size } : { size, until };
}

function endingAt<T extends Numbered>(all: readonly T[], { size }: RowWindow, place: number): RowWindow {
  const end = Math.max(place, Math.min(size, all.length));
  const last = all[end - 1];
  return end >= all.length || !last ? { size } : { size, until: last.seq };
}
