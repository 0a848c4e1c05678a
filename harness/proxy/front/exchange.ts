import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type BodyRecord, bodyRecord, type Header, headerPairs } from '../../ledger/index.ts';
import type { Connection } from '../gate/connection.ts';
import type { FaultAnswer } from '../scheduler/moments.ts';
import { type AnswerStyle, inStyle } from './answer-style.ts';
import { authorityOf } from './authority-of.ts';
import { newId, type ProxyContext } from './context.ts';
import { answerConnect, answerRequest, type OwnAnswer } from './own-answer.ts';
import type { RawHead } from './raw-head.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { RecordedResponse } from './recorded-response.ts';
import type { Recording } from './recording.ts';
import { replaceHeaders } from './replace-headers.ts';
import { Tunnel } from './tunnel.ts';

const NOTHING = Buffer.alloc(0);

/** One request to the proxy, from its head to the end of its answer or tunnel, and its record. */
export class Exchange implements Recording {
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
  readonly #style: AnswerStyle;
  readonly #reopen: ((exchange: Exchange) => void) | undefined;

  /**
   * @param options.style how the proxy answers by itself
   * @param options.within with it the request was opened by `intercept-tls`: its target is a path on this origin
   * @param options.reopen reads the next request from the connection of a CONNECT that was turned down
   */
  constructor(
    context: ProxyContext,
    connection: Connection,
    request: RecordedRequest,
    options: {
      readonly style: AnswerStyle;
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
    this.#style = options.style;
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

  /** Where the request wants to go; an empty host when its target is malformed. */
  get authority(): { host: string; port: number } {
    return authorityOf(this.isConnect, this.target);
  }

  headers(): Header[] {
    return headerPairs(this.request.rawHeaders);
  }

  replaceHeaders(headers: readonly Header[]): void {
    replaceHeaders(this.request, headers);
  }

  refuse(answer: FaultAnswer): void {
    this.answer(inStyle(answer, this.#style));
  }

  /** Answers by itself. The connection stays open unless the answer says otherwise. */
  answer(answer: OwnAnswer): void {
    this.ownAnswer = true;
    if (this.response) {
      if (!this.response.headersSent) answerRequest(this.response, answer);
      return;
    }
    const { faults } = this.context;
    const open = answerConnect(this.connection.socket, answer, {
      change: ({ status, headers }) =>
        faults.any ? faults.response({ status, headers, isConnect: true, line: this.line }) : headers,
      heard: (head, text) => {
        this.recordResponse(head, 'self');
        this.recordBody('response-body', bodyRecord(text));
      },
    });
    if (open) this.#reopen?.(this);
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
      what: `the tunnel to ${this.target}`,
      ended: (bytesUp, bytesDown) => {
        ledger.record('proxy', { kind: 'tunnel-end', exchange: this.id, bytesUp, bytesDown });
      },
    });
    if (!faults.any) return;
    if (faults.has('stream')) this.connection.tunnel.guard();
    faults.opened(this);
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
