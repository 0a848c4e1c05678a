/** Pixels for one second at most. */
const LARGEST = 40;
/** A wait of usual length is about this long at most, in pixels. */
const COMFORTABLE = 300;
/** The shortest wait of a case is still this long, in pixels, so that it shows. */
const VISIBLE = 4;

/** A longer wait, in pixels, is broken, and then drawn with `BROKEN` pixels and a break mark. */
export const LONGEST = 480;
export const BROKEN = 500;

/** From which length, in milliseconds, silence counts as a wait and gets a bar. */
export const WAIT_MS = 900;

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
