import { z } from 'zod';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 };
/** A day; no run is longer. */
const MOST_MS = 24 * 3_600_000;
/** Taking worlds down and writing the report takes this part of the time, and at most so many milliseconds. */
const RESERVED = 0.1;
const MOST_RESERVED_MS = 10_000;

/** The option: such as `10m`. In milliseconds. */
export const MAX_TIME = {
  value: '<time>',
  says: 'ends the run within this time, such as 90s, 10m or 1h, with a report of what ran',
  schema: z
    .string()
    .regex(/^[1-9]\d{0,5}[smh]$/, 'takes a time such as 90s, 10m or 1h')
    .transform((typed) => Number(typed.slice(0, -1)) * (UNITS[typed.slice(-1)] ?? 0))
    .refine((ms) => ms <= MOST_MS, 'takes 24h at most')
    .optional(),
} as const;

/** --max-time ran out. */
export class TimeIsUp extends Error {
  override readonly name = 'TimeIsUp';
}

/** Aborts when what is left of the time is needed to come to an end. @param ms the whole, in milliseconds */
export function deadline(ms: number | undefined): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const timer =
    ms === undefined
      ? undefined
      : setTimeout(() => controller.abort(new TimeIsUp()), ms - Math.min(MOST_RESERVED_MS, ms * RESERVED));
  return { signal: controller.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}
