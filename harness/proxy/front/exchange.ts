import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type BodyRecord, bodyRecord, type Header, headerPairs } from '../../ledger/index.ts';
import type { Connection } from '../gate/connection.ts';
import { newId, type ProxyContext } from './context.ts';
import { answerConnect, answerRequest, closes, type OwnAnswer } from './own-answer.ts';
import type { RawHead } from './raw-head.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { RecordedResponse } from './recorded-response.ts';
import { Tunnel } from './tunnel.ts';

const NOTHING = Buffer.alloc(0);

/** One request to the proxy, from its head to the end of its answer or tunnel, and its record. */
export class Exchange {
  readonly context: ProxyContext;
  readonly connection: Connection;
  readonly request: RecordedRequest;
  /** Where a forwarded request is answered; a CONNECT has none. */
  readonly response: RecordedResponse | undefined;
  /** What came right behind a CONNECT. */
  readonly firstBytes: Buffer;
  readonly id: string;
  /** The target as asked for, whatever becomes of `request.url` on its way. */
  readonly target: string;
  /** Set while the proxy answers by itself. */
  ownAnswer = false;
  readonly #reopen: ((exchange: Exchange) => void) | undefined;

  /**
   * @param options.scheme with it the request was opened by `intercept-tls`: its target is a path on this origin
   * @param options.reopen reads the next request from the connection of a CONNECT that was turned down
   */
  constructor(
    context: ProxyContext,
    connection: Connection,
    request: RecordedRequest,
    options: {
      readonly response?: RecordedResponse;
      readonly firstBytes?: Buffer;
      readonly within?: string;
      readonly reopen?: (exchange: Exchange) => void;
    },
  ) {
    this.context = context;
    this.connection = connection;
    this.request = request;
    this.response = options.response;
    this.firstBytes = options.firstBytes ?? NOTHING;
    this.id = newId(context.ledger, 'px');
    this.target = `${options.within ?? ''}${request.url ?? ''}`;
    this.#reopen = options.reopen;
    connection.current = this;
    connection.touch();
    context.ledger.record('proxy', {
      kind: 'request',
      connection: connection.id,
      exchange: this.id,
      via: 'subject',
      method: this.method,
      target: this.target,
      httpVersion: request.httpVersion,
      headers: headerPairs(request.rawHeaders),
    });
    request.recordAs(this);
    this.response?.recordAs(this);
  }

  get method(): string {
    return this.request.method ?? '';
  }

  get isConnect(): boolean {
    return this.response === undefined;
  }

  /** The first line, as faults and flags say it. */
  get line(): string {
    return `${this.method} ${this.target}`;
  }

  /** Answers by itself. The connection stays open unless the answer says otherwise. */
  answer(answer: OwnAnswer): void {
    this.ownAnswer = true;
    if (this.response) {
      if (!this.response.headersSent) answerRequest(this.response, answer);
      return;
    }
    answerConnect(this.connection.socket, answer, (head, text) => {
      this.recordResponse(head, 'self');
      this.recordBody('response-body', bodyRecord(text));
    });
    if (!closes(answer)) this.#reopen?.(this);
  }

  /** What a forwarder writes the response to: the client's, behind a guard when a fault needs one. */
  writer(): ServerResponse {
    if (!this.response) throw new Error(`${this.line} has no response to write to: it asks for a tunnel.`);
    return this.response.writer();
  }

  /**
   * Says that the tunnel stands: the client has its 200, both sockets are piped.
   * @param origin the socket towards the origin
   */
  established(origin: Socket, head: RawHead): void {
    const { ledger, faults } = this.context;
    this.recordResponse(head, 'self');
    this.connection.tunnel = new Tunnel({
      connection: this.connection,
      origin,
      faults,
      what: `in the tunnel to ${this.target}`,
      ended: (bytesUp, bytesDown) => {
        ledger.record('proxy', { kind: 'tunnel-end', exchange: this.id, bytesUp, bytesDown });
      },
    });
  }

  recordResponse(head: RawHead, madeBy: 'self' | 'origin'): void {
    this.connection.touch();
    this.context.ledger.record('proxy', { kind: 'response', exchange: this.id, ...head, madeBy });
  }

  recordBody(kind: 'request-body' | 'response-body', body: BodyRecord): void {
    this.context.ledger.record('proxy', { kind, exchange: this.id, ...body });
  }

  /** The connection is gone: whatever has not ended never will. */
  breakOff(): void {
    this.request.finish(false);
    this.response?.finish(false);
  }

  flag(what: string): void {
    this.context.ledger.record('proxy', { kind: 'flag', what, exchange: this.id });
  }
}

/** Flat header pairs, as node:http takes them. */
export const flat = (headers: readonly Header[]): string[] => headers.flat();
