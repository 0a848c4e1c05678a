import type { BodyRecord, Header, PlannedAnswer, RequestKind, Via } from '../event.ts';
import { RawEvent } from '../raw-event.ts';
import type { RedactedJson } from '../redacted-json.ts';
import type { ResponseHead } from './head.ts';

/** A request as it came in. */
export interface SeenRequest {
  readonly connection: { readonly id: string; readonly via: Via };
  /** Names the request and its answer on this peer. */
  readonly id: string;
  readonly method: string;
  readonly target: string;
  readonly httpVersion: string;
  /** Flat, as Node has them, or in pairs. */
  readonly headers: readonly string[] | readonly Header[];
  readonly requestKind?: RequestKind;
}

/** The event `request`. */
export class RequestSeen extends RawEvent {
  readonly #seen: SeenRequest;

  constructor(seen: SeenRequest) {
    super();
    this.#seen = seen;
  }

  override fields(json: RedactedJson): string {
    const { connection, id, method, target, httpVersion, headers, requestKind } = this.#seen;
    const kind = requestKind === undefined ? '' : `,"requestKind":"${requestKind}"`;
    return `"kind":"request","connection":"${connection.id}","exchange":"${id}","via":"${connection.via}","method":${json.text(method)},"target":${json.part(target)},"httpVersion":${json.text(httpVersion)},"headers":${json.headers(headers)}${kind}`;
  }
}

/** The event `response`. */
export class ResponseSeen extends RawEvent {
  readonly #exchange: string;
  readonly #head: string | ResponseHead;
  readonly #madeBy: 'self' | 'origin';
  readonly #planned: PlannedAnswer | undefined;

  /** @param head as it stands on the wire, or taken apart */
  constructor(exchange: string, head: string | ResponseHead, madeBy: 'self' | 'origin', planned?: PlannedAnswer) {
    super();
    this.#exchange = exchange;
    this.#head = head;
    this.#madeBy = madeBy;
    this.#planned = planned;
  }

  override fields(json: RedactedJson): string {
    const planned = this.#planned ? `,"planned":{${json.fields(this.#planned)}}` : '';
    return `"kind":"response","exchange":"${this.#exchange}",${json.head(this.#head)},"madeBy":"${this.#madeBy}"${planned}`;
  }
}

/** The event `request-body` or `response-body`. */
export class BodySeen extends RawEvent {
  readonly #kind: 'request-body' | 'response-body';
  readonly #exchange: string;
  readonly #body: Buffer | BodyRecord;
  readonly #complete: boolean;

  /** @param body a short one itself, or what was measured */
  constructor(kind: 'request-body' | 'response-body', exchange: string, body: Buffer | BodyRecord, complete: boolean) {
    super();
    this.#kind = kind;
    this.#exchange = exchange;
    this.#body = body;
    this.#complete = complete;
  }

  override fields(json: RedactedJson): string {
    const begin = `"kind":"${this.#kind}","exchange":"${this.#exchange}",`;
    if (!Buffer.isBuffer(this.#body)) return begin + json.fields(this.#body);
    const { measure, text } = json.body(this.#body);
    return `${begin}${measure},"complete":${this.#complete}${text}`;
  }
}

/** The event `tunnel-end`. */
export class TunnelEnded extends RawEvent {
  readonly #exchange: string;
  readonly #up: number;
  readonly #down: number;

  constructor(exchange: string, bytesUp: number, bytesDown: number) {
    super();
    this.#exchange = exchange;
    this.#up = bytesUp;
    this.#down = bytesDown;
  }

  override fields(): string {
    return `"kind":"tunnel-end","exchange":"${this.#exchange}","bytesUp":${this.#up},"bytesDown":${this.#down}`;
  }
}
