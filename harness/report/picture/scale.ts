/** Pixels for one second at most. */
const LARGEST = 40;
/** The shortest wait of a case is still this long, in pixels, so that it shows. */
const VISIBLE = 4;

/** Lengths of bars, in pixels. */
export interface Bounds {
  /** A longer bar is broken: drawn with `broken` pixels and a break mark. */
  readonly longest: number;
  readonly broken: number;
}

/** How much room a picture gives to silence, and to what stands between two lifelines. */
export interface Density {
  /** How far lifelines are apart at least where there is room, in pixels. */
  readonly apart: number;
  /** A wait of usual length is about this long at most, in pixels. */
  readonly comfortable: number;
  /** For waits. */
  readonly waits: Bounds;
  /** For silence before the first request and after the last answer, beside waits that matter more. */
  readonly idle: Bounds;
}

/** For a case that has ended: how long it waited is what it is about. */
export const REPORT_DENSITY: Density = {
  apart: 230,
  comfortable: 300,
  waits: { longest: 480, broken: 500 },
  idle: { longest: 200, broken: 210 },
};
/** For a picture that grows as one looks: what came last should stay in sight. */
export const LIVE_DENSITY: Density = {
  apart: 150,
  comfortable: 60,
  waits: { longest: 64, broken: 72 },
  idle: { longest: 40, broken: 48 },
};

/** From which length, in milliseconds, silence counts as a wait and gets a bar. */
export const WAIT_MS = 900;
/** The same for the time from a refusal to the next try. */
export const RETRY_MS = 200;

/**
 * The scale of one picture: the same for every wait in it.
 * @param waits lengths of the waits, in milliseconds
 * @returns pixels for a second
 */
export function pixelsPerSecond(waits: readonly number[], { comfortable }: Density = REPORT_DENSITY): number {
  if (waits.length === 0) return LARGEST;
  const shortest = Math.min(...waits) / 1000;
  const longest = Math.max(...waits) / 1000;
  return Math.max(Math.min(LARGEST, comfortable / longest), Math.min(VISIBLE / shortest, LARGEST));
}

/** The distance between ticks of the time axis, in seconds, so that they are legible. */
export function tickSeconds(scale: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];
  return steps.find((step) => step * scale >= 18) ?? 7200;
}
