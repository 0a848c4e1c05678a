import { BoundedMeter, type Header, headerOf, type Ledger } from '../../ledger/index.ts';
import { authorityOf } from '../front/authority-of.ts';
import { newId } from '../front/context.ts';
import type { Connection } from '../gate/connection.ts';
import type { StruckRequest } from '../scheduler/moments.ts';
import type { MessageHead } from './splitter.ts';

/** One request that went through the relay to squid, and its record. */
export class RelayedExchange implements StruckRequest {
  readonly connection: Connection;
  readonly id: string;
  readonly method: string;
  readonly target: string;
  readonly requestMeter = new BoundedMeter();
  readonly responseMeter = new BoundedMeter();
  readonly #ledger: Ledger;
  readonly #headers: readonly Header[];
  readonly #hasBody: boolean;
  #requestEnded = false;
  #answered = false;
  #bytes = { up: 0, down: 0 };

  constructor(ledger: Ledger, connection: Connection, { startLine, headers }: MessageHead) {
    const [method = '', target = '', version = ''] = startLine.split(' ');
    this.connection = connection;
    this.#ledger = ledger;
    this.#headers = headers;
    this.id = newId(ledger, 'px');
    this.method = method;
    this.target = target;
    this.#hasBody =
      headerOf(headers, 'transfer-encoding') !== undefined || (headerOf(headers, 'content-length') ?? '0') !== '0';
    ledger.record('proxy', {
      kind: 'request',
      connection: connection.id,
      exchange: this.id,
      via: 'subject',
      method,
      target,
      httpVersion: version.replace('HTTP/', ''),
      headers,
    });
  }

  get isConnect(): boolean {
    return this.method === 'CONNECT';
  }

  /** The first line, as faults say it. */
  get line(): string {
    return `${this.method} ${this.target}`;
  }

  get authority(): { host: string; port: number } {
    return authorityOf(this.isConnect, this.target);
  }

  headers(): readonly Header[] {
    return this.#headers;
  }

  endRequest(complete = true): void {
    if (!this.#hasBody || this.#requestEnded) return;
    this.#requestEnded = true;
    this.#ledger.record('proxy', { kind: 'request-body', exchange: this.id, ...this.requestMeter.record(complete) });
  }

  /** Records an answer's head; an interim one (RFC 9110 section 15.2) is none. */
  answer({ startLine, headers }: MessageHead): void {
    const [, code = '0', reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?(.*)$/.exec(startLine) ?? [];
    const status = Number(code);
    if (status < 200) return;
    this.#answered = true;
    const madeBy = madeBySquid(headers) || (this.isConnect && status < 300) ? 'self' : 'origin';
    this.#ledger.record('proxy', { kind: 'response', exchange: this.id, status, reason, headers, madeBy });
  }

  /** @returns whether that was the end of the answer, not of an interim one */
  endResponse(complete = true): boolean {
    if (!this.#answered) return false;
    this.#ledger.record('proxy', { kind: 'response-body', exchange: this.id, ...this.responseMeter.record(complete) });
    return true;
  }

  moved(direction: 'up' | 'down', bytes: number): void {
    this.#bytes[direction] += bytes;
  }

  /** The connection is gone. @param tunnel whether this had become its tunnel */
  breakOff(tunnel: boolean): void {
    this.endRequest(false);
    const { up, down } = this.#bytes;
    if (tunnel) this.#ledger.record('proxy', { kind: 'tunnel-end', exchange: this.id, bytesUp: up, bytesDown: down });
    else this.endResponse(false);
  }
}

/** Squid marks the pages that it makes itself. */
const madeBySquid = (headers: readonly Header[]): boolean => headerOf(headers, 'x-squid-error') !== undefined;
