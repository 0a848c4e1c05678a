/** How often it is looked, in milliseconds. */
const TICK_MS = 50;
/** How long anything may take, in milliseconds. */
export const HANG_MS = 1000;

/**
 * Notices what hangs: work that keeps the CPU for a second, and waits of a second. A tick that comes late, because the
 * machine is busy elsewhere, counts as one.
 */
export class HangWatch implements Disposable {
  /** The most CPU time that passed between two ticks, in milliseconds. */
  longestMs = 0;
  #ticks = 0;
  #cpu = process.threadCpuUsage();
  readonly #timer = setInterval(() => {
    this.#ticks += 1;
    const { user, system } = process.threadCpuUsage(this.#cpu);
    this.longestMs = Math.max(this.longestMs, (user + system) / 1000);
    this.#cpu = process.threadCpuUsage();
  }, TICK_MS);

  /** Resolves when something is over. @throws Error when that takes longer than `HANG_MS` */
  async over(what: Promise<unknown>, saying: () => string): Promise<void> {
    const began = this.#ticks;
    let timer: NodeJS.Timeout | undefined;
    const hangs = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        if ((this.#ticks - began) * TICK_MS > HANG_MS) reject(new Error(`Not over within ${HANG_MS} ms: ${saying()}`));
      }, TICK_MS);
    });
    await Promise.race([what, hangs]).finally(() => clearInterval(timer));
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
