import type { EventOf } from '../../ledger/index.ts';
import type { Starved } from './slowdown.ts';
import { watchStarvation } from './starvation.ts';

/** How often it is looked, in milliseconds. */
const PERIOD_MS = 100;
/** From when on a timer is too late: half of the two seconds that a wait is judged with. In milliseconds. */
const TOO_LATE_MS = 1000;
/** How often a case is told that programs wait for a CPU, in milliseconds; and how old that may be for a new case. */
const AGAIN_MS = 5000;

/** A time in which something was late. */
export type Spell = Pick<EventOf<'late'>, 'who' | 'ms' | 'slowdown'>;

interface Watcher {
  readonly tell: (spell: Spell) => void;
  readonly starves: boolean;
  /** When it was last told that programs wait, by `performance.now()`. */
  told: number;
}

/**
 * Watches how late this process's own timers are, and whether other programs get a CPU. On a machine that has more to do
 * than it can, waits grow on both sides of the wire, and a subject must not be blamed for it.
 */
export class Lateness implements Disposable {
  readonly #watchers = new Set<Watcher>();
  readonly #timer: NodeJS.Timeout;
  #unwatch: (() => void) | undefined;
  #last: { readonly at: number; readonly spell: Spell } | undefined;

  constructor() {
    let due = performance.now() + PERIOD_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      const ms = Math.round(now - due);
      if (ms >= TOO_LATE_MS) for (const each of this.#watchers) each.tell({ who: 'harness', ms });
      due = now + PERIOD_MS;
    }, PERIOD_MS);
    this.#timer.unref();
  }

  /**
   * Tells of every spell until the returned function is called.
   * @param starves whether programs that wait for a CPU matter: where a case lives in real time, and other programs in it
   */
  watch(tell: (spell: Spell) => void, starves: boolean): () => void {
    const watcher: Watcher = { tell, starves, told: Number.NEGATIVE_INFINITY };
    this.#watchers.add(watcher);
    if (starves) {
      this.#unwatch ??= watchStarvation((starved) => this.#starved(starved));
      const last = this.#last;
      if (last && performance.now() - last.at < AGAIN_MS) this.#pass(watcher, last.spell);
    }
    return () => this.#watchers.delete(watcher);
  }

  #starved({ ms, slowdown }: Starved): void {
    const spell: Spell = { who: 'machine', ms, slowdown };
    this.#last = { at: performance.now(), spell };
    for (const each of this.#watchers) if (each.starves) this.#pass(each, spell);
  }

  #pass(watcher: Watcher, spell: Spell): void {
    const now = performance.now();
    if (now - watcher.told < AGAIN_MS) return;
    watcher.told = now;
    watcher.tell(spell);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#unwatch?.();
  }
}
