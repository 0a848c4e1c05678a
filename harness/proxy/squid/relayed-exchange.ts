import { type Header, headerOf, RecordedExchange, type ResponseHead } from '../../ledger/index.ts';
import { authorityOf } from '../front/authority-of.ts';
import { newId, type ProxyContext } from '../front/context.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { type MessageHead, parseStatusLine } from '../grammar/index.ts';
import type { StruckRequest } from '../scheduler/moments.ts';

/** One request that goes through the relay to squid. */
export class RelayedExchange extends RecordedExchange implements StruckRequest {
  readonly connection: ClientConnection;
  readonly method: string;
  readonly target: string;
  /** Squid does not let it through. */
  refusedBySquid = false;
  readonly #headers: readonly Header[];
  #bytes = { up: 0, down: 0 };

  constructor({ ledger }: ProxyContext, connection: ClientConnection, { startLine, headers }: MessageHead) {
    const [method = '', target = '', version = ''] = startLine.split(' ');
    super({
      ledger,
      peer: 'proxy',
      connection,
      id: newId(ledger, 'px'),
      method,
      target,
      httpVersion: version.replace('HTTP/', ''),
      headers,
      hasBody:
        headerOf(headers, 'transfer-encoding') !== undefined || (headerOf(headers, 'content-length') ?? '0') !== '0',
      passesOn: true,
    });
    this.connection = connection;
    this.#headers = headers;
    this.method = method;
    this.target = target;
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

  /** Records an answer's head; an interim one (RFC 9110 section 15.2) is none. */
  answerPassed({ startLine, headers }: MessageHead): void {
    const { status, reason } = parseStatusLine(startLine);
    if (status < 200) return;
    const madeBy = madeBySquid(headers) || (this.isConnect && status < 300) ? 'self' : 'origin';
    this.refusedBySquid = madeBy === 'self' && status === 403;
    this.answerBegun({ status, reason, headers }, madeBy);
  }

  /** Records an answer of ours in squid's place, whole and without a body. */
  answeredBy(head: ResponseHead): void {
    this.answerBegun(head, 'self');
    this.downEnded(true);
  }

  moved(direction: 'up' | 'down', bytes: number): void {
    this.#bytes[direction] += bytes;
  }

  /** The connection is gone that had become its tunnel. */
  tunnelBrokenOff(): void {
    this.upEnded(false);
    this.tunnelEnded(this.#bytes.up, this.#bytes.down);
  }
}

/** Squid marks the pages that it makes itself. */
const madeBySquid = (headers: readonly Header[]): boolean => headerOf(headers, 'x-squid-error') !== undefined;
