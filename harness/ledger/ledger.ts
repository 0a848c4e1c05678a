import type { Clock } from '../clock/index.ts';
import { LedgerEntry } from './entry.ts';
import type { EventBody, LedgerEvent, Peer } from './event.ts';
import type { RawEvent } from './raw-event.ts';
import { RedactedJson } from './redacted-json.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { LedgerSink } from './sink.ts';

type Listener = (event: LedgerEvent) => void;

/**
 * The append-only record of one case. Every peer of the world records here; a scenario may watch it, a judge reads it
 * when the case is over.
 */
export class Ledger {
  readonly secrets: Secrets;
  readonly #entries: LedgerEntry[] = [];
  readonly #events: LedgerEvent[] = [];
  /** How many entries have been redacted. */
  #redacted = 0;
  readonly #listeners = new Set<Listener>();
  readonly #bells = new Set<() => void>();
  readonly #owner: { readonly json: RedactedJson; readonly caseJson: string };
  /** The case's clock: moments in the record are its. */
  readonly clock: Clock;
  readonly #sink: LedgerSink;
  readonly #keeps: number;
  #dropped = 0;

  /** @param options.keeps how many events at most, the newest; all of them by default */
  constructor(options: { case: string; clock: Clock; secrets: Secrets; sink: LedgerSink; keeps?: number }) {
    this.clock = options.clock;
    this.#keeps = options.keeps ?? Number.POSITIVE_INFINITY;
    this.#sink = options.sink;
    this.secrets = options.secrets;
    this.#owner = { json: new RedactedJson(options.secrets), caseJson: JSON.stringify(options.case) };
    // What was recorded is judged by what was known then, whenever it is read or written.
    options.secrets.beforeNext(() => this.#redact());
  }

  /** How many events have been let go, to keep no more than it may. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Everything recorded so far, in order; the newest of it, where no more is kept. */
  get events(): readonly LedgerEvent[] {
    for (let at = this.#events.length; at < this.#entries.length; at++) {
      const entry = this.#entries[at];
      if (entry) this.#events.push(entry.event);
    }
    return this.#events;
  }

  /**
   * Appends one event. Peers record what they saw as it was; before anybody reads it or it is written, it is redacted.
   * What is handed over must not be changed afterwards.
   * @returns its place in the ledger
   */
  record(peer: Peer, body: EventBody | RawEvent): LedgerEntry {
    const entry = new LedgerEntry(this.#owner, this.#sink.nextSeq(), this.clock.elapsed(), peer, body);
    this.#entries.push(entry);
    this.#sink.write(entry);
    if (this.#entries.length > this.#keeps) this.#letGo();
    if (this.#bells.size > 0) for (const bell of this.#bells) bell();
    if (this.#listeners.size > 0) for (const listener of this.#listeners) listener(entry.event);
    return entry;
  }

  /** Calls back with every new event until the returned function is called. */
  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back whenever there is a new event, which costs less than to be given it; until the returned function is called. */
  onNew(bell: () => void): () => void {
    this.#bells.add(bell);
    return () => this.#bells.delete(bell);
  }

  /** A tenth at once: to move the others up for each single event would take longer than to record it. */
  #letGo(): void {
    const gone = Math.ceil(this.#keeps / 10);
    this.#entries.splice(0, gone);
    this.#events.splice(0, gone);
    this.#redacted = Math.max(0, this.#redacted - gone);
    this.#dropped += gone;
  }

  #redact(): void {
    for (; this.#redacted < this.#entries.length; this.#redacted++) this.#entries[this.#redacted]?.redact();
  }
}
