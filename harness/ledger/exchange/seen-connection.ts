import type { Via } from '../event.ts';
import { RawEvent } from '../raw-event.ts';
import type { RedactedJson } from '../redacted-json.ts';

/** The event `connection`. */
export class ConnectionSeen extends RawEvent {
  readonly #id: string;
  readonly #via: Via;
  readonly #from: string;
  readonly #to: string;
  readonly #tls: boolean;

  /** @param from the address that the system gives */
  constructor(id: string, via: Via, from: string, to: string, tls: boolean) {
    super();
    this.#id = id;
    this.#via = via;
    this.#from = from;
    this.#to = to;
    this.#tls = tls;
  }

  override fields(json: RedactedJson): string {
    return `"kind":"connection","connection":"${this.#id}","via":"${this.#via}","from":"${this.#from}","to":${json.text(this.#to)},"tls":${this.#tls}`;
  }
}

/** The event `connection-end`. */
export class ConnectionEnded extends RawEvent {
  readonly #id: string;
  readonly #in: number;
  readonly #out: number;

  constructor(id: string, bytesIn: number, bytesOut: number) {
    super();
    this.#id = id;
    this.#in = bytesIn;
    this.#out = bytesOut;
  }

  override fields(): string {
    return `"kind":"connection-end","connection":"${this.#id}","bytesIn":${this.#in},"bytesOut":${this.#out}`;
  }
}
