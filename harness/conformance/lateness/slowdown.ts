/**
 * How many times longer than alone work may take, on the average of a window. A run's own work came to 4.5 at the most
 * on two CPUs, at a load of 15 it was never less than 7.
 */
const BEARABLE = 6;
/** How many measurements the window has, and how many it must have to say something. */
const WINDOW = 20;
const ENOUGH = 12;

/** A time in which programs had to wait for a CPU. */
export interface Starved {
  /** How many times longer than alone work took. */
  readonly slowdown: number;
  /** How much of the window was lost, in milliseconds. */
  readonly ms: number;
}

/** Averages how many times longer than alone a piece of work takes: a moment's crowd is none, a lasting one is. */
export class Slowdown {
  readonly #window: { readonly at: number; readonly times: number }[] = [];

  /**
   * @param at when it was measured, in milliseconds
   * @param times how many times longer than alone the work took
   * @returns what was lost, when it has been too much for a while
   */
  add(at: number, times: number): Starved | undefined {
    this.#window.push({ at, times });
    if (this.#window.length > WINDOW) this.#window.shift();
    if (this.#window.length < ENOUGH) return undefined;
    const mean = this.#window.reduce((sum, each) => sum + each.times, 0) / this.#window.length;
    if (mean < BEARABLE) return undefined;
    const lasted = at - (this.#window[0]?.at ?? at);
    return { slowdown: Math.round(mean * 10) / 10, ms: Math.round(lasted * (1 - 1 / mean)) };
  }
}
