/** Pixels for one second at most. */
const LARGEST = 40;
/** A wait of usual length is about this long at most, in pixels. */
const COMFORTABLE = 300;
/** The shortest wait of a case is still this long, in pixels, so that it shows. */
const VISIBLE = 4;

/** Lengths of bars, in pixels. */
export interface Bounds {
  /** A longer bar is broken: drawn with `broken` pixels and a break mark. */
  readonly longest: number;
  readonly broken: number;
}

/** For waits. */
export const WAIT_BOUNDS: Bounds = { longest: 480, broken: 500 };
/** For silence before the first request and after the last answer, beside waits that matter more. */
export const IDLE_BOUNDS: Bounds = { longest: 200, broken: 210 };

/** From which length, in milliseconds, silence counts as a wait and gets a bar. */
export const WAIT_MS = 900;
/** The same for the time from a refusal to the next try. */
export const RETRY_MS = 200;

/**
 * The scale of one picture: the same for every wait in it.
 * @param waits lengths of the waits, in milliseconds
 * @returns pixels for a second
 */
export function pixelsPerSecond(waits: readonly number[]): number {
  if (waits.length === 0) return LARGEST;
  const shortest = Math.min(...waits) / 1000;
  const longest = Math.max(...waits) / 1000;
  return Math.max(Math.min(LARGEST, COMFORTABLE / longest), Math.min(VISIBLE / shortest, LARGEST));
}

/** The distance between ticks of the time axis, in seconds, so that they are legible. */
export function tickSeconds(scale: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
  return steps.find((step) => step * scale >= 18) ?? 7200;
}
