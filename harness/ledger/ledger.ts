import type { Clock } from '../clock/index.ts';
import type { EventBody, LedgerEvent, Peer, Stamp } from './event.ts';
import type { Secrets } from './secrets.ts';

/** Takes the events of every case of a run and gives each its place in the one order. */
export interface LedgerSink {
  /** The position the next event gets; each call gives a new one. */
  nextSeq(): number;
  /** Stores an event; it has been redacted before. */
  write(event: LedgerEvent): void;
}

/** A sink that keeps nothing but the order; for tests and for worlds used without a run. */
export function countingSink(): LedgerSink {
  let seq = 0;
  return { nextSeq: () => ++seq, write: () => {} };
}

type Listener = (event: LedgerEvent) => void;

/**
 * The append-only record of one case. Every peer of the world records here; a scenario may watch it, a judge reads it
 * when the case is over.
 */
export class Ledger {
  readonly #events: LedgerEvent[] = [];
  readonly #listeners = new Set<Listener>();
  readonly #case: string;
  readonly #sink: LedgerSink;
  /** The case's clock: moments in the record are its. */
  readonly clock: Clock;
  readonly secrets: Secrets;

  constructor(options: { case: string; clock: Clock; secrets: Secrets; sink: LedgerSink }) {
    this.#case = options.case;
    this.clock = options.clock;
    this.#sink = options.sink;
    this.secrets = options.secrets;
  }

  /** Everything recorded so far, in order. */
  get events(): readonly LedgerEvent[] {
    return this.#events;
  }

  /**
   * Appends one event, redacted: peers record what they saw as it was, and nothing gets by.
   */
  record(peer: Peer, body: EventBody): LedgerEvent {
    const stamp: Stamp = {
      seq: this.#sink.nextSeq(),
      case: this.#case,
      t: Math.round(this.clock.elapsed() * 1000) / 1000,
      peer,
    };
    const event = this.#cleanInto({ ...stamp }, body) as unknown as LedgerEvent;
    this.#events.push(event);
    this.#sink.write(event);
    for (const listener of this.#listeners) listener(event);
    return event;
  }

  /** Calls back at every new event until the returned function is called. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #clean(value: unknown): unknown {
    if (typeof value === 'string') return this.secrets.redact(value);
    if (value === null || typeof value !== 'object') return value;
    if (!Array.isArray(value)) return this.#cleanInto({}, value);
    if (isHeader(value)) return [value[0], this.secrets.redactHeader(value[0], value[1])];
    return value.map((each) => this.#clean(each));
  }

  /** Adds the clean fields of one object to another: an event is made in one go, for peers record thousands a second. */
  #cleanInto(clean: Record<string, unknown>, dirty: object): Record<string, unknown> {
    const fields = dirty as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(fields)) {
      const value = fields[key];
      if (value === undefined) continue;
      clean[key] =
        typeof value === 'number' || FREE_OF_SECRETS.has(key)
          ? value
          : typeof value === 'string' && value.length >= CUT_LENGTH
            ? this.secrets.redactCut(value)
            : this.#clean(value);
    }
    return clean;
  }
}

/** Shorter texts are never cut: peers keep at least so many characters of a body or a line. */
const CUT_LENGTH = 1024;

/** Fields that peers fill from fixed words and digests only. */
const FREE_OF_SECRETS = new Set([
  'kind',
  'sha256',
  'exchange',
  'connection',
  'process',
  'via',
  'madeBy',
  'requestKind',
]);

const isHeader = (value: unknown[]): value is [string, string] =>
  value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string';
