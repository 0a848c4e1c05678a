import type { Clock } from '../clock/index.ts';
import type { LookAtLoad } from '../process/index.ts';

/** When more may be under way than usual. */
export interface MoreWhenCalm {
  /** So many at the most, however idle the machine is. */
  readonly most: number;
  /** Looks at the machine. */
  readonly look: LookAtLoad;
  /** The machine's own time. */
  readonly clock: Clock;
}

/** Up to which share of the time somebody may wait for a processor when one more is let in. */
const CALM = 0.4;
/** What must be free for everybody else then, in bytes. */
const SPARE_MEMORY = 2 * 2 ** 30;
/** How often the machine is looked at while somebody waits, in milliseconds; who has just begun shows in the next look. */
const LOOK_EVERY_MS = 1000;

/**
 * Room for so many at once: whoever lasts longest is let in first, else in the order in which they come. What works for a part of its time and waits for the rest may
 * get more of it while the machine has little to do: a fixed number is too many for one machine, or leaves another idle.
 */
export class Slots {
  readonly #least: number;
  readonly #more: MoreWhenCalm | undefined;
  readonly #waiting: { readonly lasts: number; readonly admit: () => void }[] = [];
  #taken = 0;
  #looking = false;

  /** @param least so many always, however busy the machine is */
  constructor(least: number, more?: MoreWhenCalm) {
    this.#least = least;
    this.#more = more;
  }

  /**
   * Waits for room.
   * @param lasts how long it will be taken, in any unit: several runs that share the room put their cases in one order by that
   * @returns what makes room for another; calling it again does nothing
   */
  async enter(lasts = 0): Promise<() => void> {
    if (this.#taken < this.#least) this.#taken++;
    else {
      const admitted = new Promise<void>((admit) => this.#wait({ lasts, admit }));
      if (this.#more && !this.#looking) void this.#watch(this.#more);
      await admitted;
    }
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#taken--;
      if (this.#taken < this.#least) this.#admit();
    };
  }

  #wait(one: { readonly lasts: number; readonly admit: () => void }): void {
    const behind = this.#waiting.findIndex(({ lasts }) => lasts < one.lasts);
    this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, one);
  }

  /** Lets in one at a time as long as the machine is calm, until nobody waits any more. */
  async #watch({ most, look, clock }: MoreWhenCalm): Promise<void> {
    this.#looking = true;
    // A look is about the time since the one before.
    look();
    while (this.#waiting.length > 0) {
      await clock.sleep(LOOK_EVERY_MS);
      const { waiting, memory } = look();
      if (this.#taken < most && waiting < CALM && memory > SPARE_MEMORY) this.#admit();
    }
    this.#looking = false;
  }

  #admit(): void {
    const next = this.#waiting.shift();
    if (!next) return;
    this.#taken++;
    next.admit();
  }
}
