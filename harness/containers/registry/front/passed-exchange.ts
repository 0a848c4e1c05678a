import type { IncomingMessage } from 'node:http';
import { BoundedMeter, type Connection, headerPairs, type Ledger } from '../../../ledger/index.ts';

/** One request to the registry and its answer, recorded as they pass the front. */
export class PassedExchange {
  readonly id: string;
  readonly request: IncomingMessage;
  readonly #ledger: Ledger;
  readonly #hasBody: boolean;
  readonly #up = new BoundedMeter();
  readonly #down = new BoundedMeter();
  #bodyRecorded = false;
  #answered = false;

  constructor(ledger: Ledger, connection: Connection, request: IncomingMessage) {
    this.id = `${connection.id}.${++connection.requests}`;
    this.request = request;
    this.#ledger = ledger;
    const { headers } = request;
    this.#hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    ledger.record('registry', {
      kind: 'request',
      connection: connection.id,
      exchange: this.id,
      via: connection.via,
      method: request.method ?? '',
      target: request.url ?? '',
      httpVersion: request.httpVersion,
      headers: headerPairs(request.rawHeaders),
      requestKind: 'registry',
    });
  }

  get hasBody(): boolean {
    return this.#hasBody;
  }

  /** A part of the request's body passes. */
  up(chunk: Buffer): void {
    this.#up.add(chunk);
  }

  /** A part of the answer's body passes. */
  down(chunk: Buffer): void {
    this.#down.add(chunk);
  }

  /** The request's body is over. @param complete whether it ended as its framing said it would */
  requestEnded(complete: boolean): void {
    if (this.#bodyRecorded || !this.#hasBody) return;
    this.#bodyRecorded = true;
    this.#ledger.record('registry', { kind: 'request-body', exchange: this.id, ...this.#up.record(complete) });
  }

  /** The registry's answer has begun. */
  answered(answer: { readonly status: number; readonly reason: string; readonly headers: readonly string[] }): void {
    this.#answered = true;
    this.#ledger.record('registry', {
      kind: 'response',
      exchange: this.id,
      status: answer.status,
      reason: answer.reason,
      headers: headerPairs(answer.headers),
      madeBy: 'self',
    });
  }

  /** The exchange is over. @param complete whether the answer ended as its framing said it would */
  closed(complete: boolean): void {
    this.requestEnded(false);
    if (!this.#answered) return;
    this.#ledger.record('registry', { kind: 'response-body', exchange: this.id, ...this.#down.record(complete) });
  }

  flag(what: string): void {
    this.#ledger.record('registry', { kind: 'flag', what, exchange: this.id });
  }
}
