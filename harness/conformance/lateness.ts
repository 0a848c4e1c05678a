import type { Judged } from './judge-case.ts';

/** How often it is looked, in milliseconds. */
const PERIOD_MS = 100;
/** Half of the two seconds that a wait is judged with. In milliseconds. */
const TOO_LATE_MS = 1000;

/**
 * Watches how late this process's own timers are. On a machine that has more to do than it can, waits grow on both
 * sides of the wire, and a subject must not be blamed for it.
 */
export class Lateness implements Disposable {
  readonly #late: { readonly at: number; readonly ms: number }[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor() {
    let due = performance.now() + PERIOD_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      if (now - due >= TOO_LATE_MS) this.#late.push({ at: now, ms: now - due });
      due = now + PERIOD_MS;
    }, PERIOD_MS);
    this.#timer.unref();
  }

  /** The worst that was seen since a moment of `performance.now()`, in milliseconds; 0 when it was never too late. */
  since(moment: number): number {
    return Math.max(0, ...this.#late.filter(({ at }) => at >= moment).map(({ ms }) => ms));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

/**
 * A failure that was seen by a harness that was itself too late is no failure of the subject's: it cannot be told.
 * @param late how late the harness was while the case ran, in milliseconds
 */
export function unlessLate(judged: Judged, late: number): Judged {
  if (late < TOO_LATE_MS || (judged.outcome !== 'fail' && judged.outcome !== 'warn')) return judged;
  return {
    ...judged,
    outcome: 'error',
    reason: `The machine had too much to do: the harness itself was ${(late / 1000).toFixed(1)} s late meanwhile, so what follows may be no fault of the subject. Run this case again, with fewer --jobs. ${judged.reason}`,
  };
}
