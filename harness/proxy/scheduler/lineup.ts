import { type ActiveFault, isSpent } from './active-fault.ts';
import { DEEDS } from './fault.ts';
import type { Moment } from './moments.ts';

const NONE: readonly ActiveFault[] = [];

/** The faults that are on, in the order in which they are asked. */
export class Lineup {
  #on: readonly ActiveFault[] = [];
  #at = new Map<Moment, ActiveFault[]>();
  #any = false;
  #version = 0;

  /** Whether one is on, spent ones included. */
  get any(): boolean {
    return this.#any;
  }

  get version(): number {
    return this.#version;
  }

  get refusing(): boolean {
    return this.#on.some(({ fault }) => fault.refuses);
  }

  has(active: ActiveFault): boolean {
    return this.#on.includes(active);
  }

  /** Those that strike at a moment. */
  at(moment: Moment): readonly ActiveFault[] {
    return this.#any ? (this.#at.get(moment) ?? NONE) : NONE;
  }

  add(active: ActiveFault): void {
    this.#on = [...this.#on, active].toSorted((a, b) => rank(a) - rank(b));
    this.sort();
  }

  /** @returns whether it was on */
  remove(active: ActiveFault): boolean {
    const before = this.#on.length;
    this.#on = this.#on.filter((each) => each !== active);
    this.sort();
    return this.#on.length < before;
  }

  /** Sorts them by their moments; whatever is spent has none. */
  sort(): void {
    this.#any = this.#on.length > 0;
    this.#version += 1;
    this.#at = new Map();
    for (const active of this.#on) {
      if (isSpent(active)) continue;
      for (const moment of active.fault.moments) this.#at.set(moment, [...(this.#at.get(moment) ?? []), active]);
    }
  }
}

const rank = ({ fault }: ActiveFault): number => DEEDS.indexOf(fault.acts);
