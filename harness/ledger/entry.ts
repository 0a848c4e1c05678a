import type { EventBody, LedgerEvent, Peer } from './event.ts';
import { RawEvent } from './raw-event.ts';
import type { RedactedJson } from './redacted-json.ts';

/** What all entries of one ledger have in common. */
export interface EntryOwner {
  readonly json: RedactedJson;
  /** The case's name as JSON. */
  readonly caseJson: string;
}

/** One place in the ledger. What is read is what is written: an event is parsed from its line. */
export class LedgerEntry {
  readonly seq: number;
  readonly #owner: EntryOwner;
  readonly #t: number;
  readonly #peer: Peer;
  #body: EventBody | RawEvent | undefined;
  #line: string | undefined;
  /** How many secrets were known when the line was made. */
  #version = 0;
  #event: LedgerEvent | undefined;

  /** @param t milliseconds since the case began */
  constructor(owner: EntryOwner, seq: number, t: number, peer: Peer, body: EventBody | RawEvent) {
    this.seq = seq;
    this.#owner = owner;
    this.#t = t;
    this.#peer = peer;
    this.#body = body;
  }

  /** The event, redacted. */
  get event(): LedgerEvent {
    this.#event ??= JSON.parse(this.line) as LedgerEvent;
    return this.#event;
  }

  /** The event as a line of JSON, redacted. */
  get line(): string {
    this.redact();
    return this.#line ?? JSON.stringify(this.#event);
  }

  /** Makes the line with the secrets known now, unless it has been made. */
  redact(): void {
    const body = this.#body;
    if (body === undefined) return;
    const { json, caseJson } = this.#owner;
    const fields = body instanceof RawEvent ? body.fields(json) : json.fields(body);
    const t = Math.round(this.#t * 1000) / 1000;
    this.#line = `{"seq":${this.seq},"case":${caseJson},"t":${t},"peer":"${this.#peer}",${fields}}`;
    this.#version = json.version;
    this.#body = undefined;
  }

  /** The line as it may be written now: without secrets, too, that were declared after it was made. */
  lineToWrite(): string {
    const { json } = this.#owner;
    const { line } = this;
    if (this.#version === json.version) return line;
    this.#line = `{${json.fields(JSON.parse(line) as LedgerEvent)}}`;
    this.#version = json.version;
    // Whoever has read it keeps the event: it must not say more than the file.
    if (this.#event) Object.assign(this.#event, JSON.parse(this.#line));
    return this.#line;
  }

  /** It has been written. @param line the same text, as a part of what was written in one go */
  written(line: string): void {
    this.#line = this.#event ? undefined : line;
  }
}
