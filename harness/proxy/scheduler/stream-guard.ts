import type { ActiveFault } from './active-fault.ts';
import { carryOut } from './endings.ts';
import type { StreamRule, StruckStream } from './moments.ts';

/** How finely a slow stream is cut: parts a second. */
const SLOW_PARTS_A_SECOND = 10;

/** What a fault wants done with a stream. */
export interface StreamOrder {
  readonly active: ActiveFault;
  readonly rule: StreamRule;
  /** Counts and records that it has struck. */
  readonly strike: (detail: string) => void;
}

/** Whom a guard asks. */
export interface StreamFaults {
  readonly version: number;
  isOn(active: ActiveFault): boolean;
  stream(stream: StruckStream): readonly StreamOrder[];
}

type Write = (part: Buffer) => Promise<void>;
type Order = StreamOrder & { readonly stopsAt: number };

/** Lets the bytes of one body, or of one direction of a tunnel, through as the faults of the moment say. */
export class StreamGuard {
  readonly #faults: StreamFaults;
  readonly #stream: StruckStream;
  /** By whom a slow stream or one that is kept back has been struck already. */
  readonly #known = new Map<ActiveFault, { readonly from: number; struck: boolean }>();
  #orders: readonly Order[] = [];
  #version: number | undefined;
  #kept: Buffer[] = [];
  #passed = 0;
  #ended = false;

  constructor(faults: StreamFaults, stream: StruckStream) {
    this.#faults = faults;
    this.#stream = stream;
  }

  /** Whether a fault has ended the stream: everything that still comes is dropped. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Passes a chunk on, in parts where a fault says so.
   * @param write resolves when the part is out
   */
  async pass(chunk: Buffer, write: Write): Promise<void> {
    this.#stream.connection.touch();
    this.#ask();
    const collecting = this.#orders.find(({ rule }) => rule.collect);
    if (!collecting) {
      await this.finish(write);
      return this.#let(chunk, write);
    }
    this.#strikeOnce(collecting);
    this.#kept.push(chunk);
  }

  /** The stream has ended: passes on what was kept back. */
  async finish(write: Write): Promise<void> {
    const kept = Buffer.concat(this.#kept);
    this.#kept = [];
    if (kept.length > 0) await this.#let(kept, write);
  }

  async #let(chunk: Buffer, write: Write): Promise<void> {
    const { connection } = this.#stream;
    let rest = chunk;
    while (rest.length > 0 && !this.#ended && !connection.hanging) {
      this.#ask();
      const stop = this.#nearestStop(rest.length);
      const slow = this.#slowest();
      let size = Math.min(rest.length, stop ? this.#until(stop) : rest.length);
      if (slow) size = Math.min(size, Math.max(1, Math.floor(slow.bytesPerSecond / SLOW_PARTS_A_SECOND)));
      if (size > 0) {
        await write(rest.subarray(0, size));
        this.#passed += size;
        connection.touch();
      }
      if (stop && this.#until(stop) === 0) {
        this.#stopHere(stop);
        return;
      }
      rest = rest.subarray(size);
      if (!slow) continue;
      this.#strikeOnce(slow.order);
      if (!(await connection.wait((size / slow.bytesPerSecond) * 1000))) return;
    }
  }

  /** Asks the faults of the moment, when they are others than a moment ago. */
  #ask(): void {
    if (this.#version === this.#faults.version) return;
    this.#version = this.#faults.version;
    const begins = this.#stream.of === 'tunnel' ? this.#passed : 0;
    // Whoever has begun with this stream goes on, were it the last one that it was to strike.
    const begun = this.#orders.filter(({ active }) => this.#known.get(active)?.struck && this.#faults.isOn(active));
    const asked = this.#faults.stream(this.#stream);
    const all = [...begun.filter(({ active }) => !asked.some((each) => each.active === active)), ...asked];
    this.#orders = all.map((order) => {
      const known = this.#known.get(order.active) ?? { from: begins, struck: false };
      this.#known.set(order.active, known);
      return { ...order, stopsAt: known.from + (order.rule.stop?.atByte ?? Number.POSITIVE_INFINITY) };
    });
  }

  #slowest(): { readonly order: Order; readonly bytesPerSecond: number } | undefined {
    return this.#orders
      .flatMap((order) => (order.rule.bytesPerSecond ? [{ order, bytesPerSecond: order.rule.bytesPerSecond }] : []))
      .toSorted((a, b) => a.bytesPerSecond - b.bytesPerSecond)[0];
  }

  #nearestStop(coming: number): Order | undefined {
    return this.#orders
      .filter((order) => this.#until(order) + (order.rule.stop?.onlyIfMore ? 1 : 0) <= coming)
      .toSorted((a, b) => a.stopsAt - b.stopsAt)[0];
  }

  #until({ stopsAt }: Order): number {
    return Math.max(0, stopsAt - this.#passed);
  }

  #stopHere({ rule, active, strike }: Order): void {
    const { direction, what, connection } = this.#stream;
    const by = rule.stop?.by;
    if (!by) return;
    this.#ended = true;
    strike(`after ${this.#passed} bytes ${direction} of ${what}`);
    if ('answer' in by) this.#stream.answer?.(by.answer);
    else carryOut(by, active, connection);
  }

  #strikeOnce({ active, strike }: Order): void {
    const known = this.#known.get(active);
    if (!known || known.struck) return;
    known.struck = true;
    strike(this.#stream.what);
  }
}
