import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type Header, hasBody, headerPairs, RecordedExchange, type ResponseHead } from '../../ledger/index.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import type { FaultAnswer } from '../scheduler/moments.ts';
import { type AnswerStyle, inStyle } from './answer-style.ts';
import { authorityOf } from './authority-of.ts';
import { newId, type ProxyContext } from './context.ts';
import { answerConnect, answerRequest, type OwnAnswer } from './own-answer.ts';
import type { RecordedRequest } from './recorded-request.ts';
import type { RecordedResponse } from './recorded-response.ts';
import type { Recording } from './recording.ts';
import { replaceHeaders } from './replace-headers.ts';
import { Tunnel } from './tunnel.ts';

const NOTHING = Buffer.alloc(0);

/** One request to the proxy, from its head to the end of its answer or tunnel. */
export class ProxyExchange extends RecordedExchange implements Recording {
  readonly context: ProxyContext;
  readonly connection: ClientConnection;
  readonly request: RecordedRequest;
  /** Where a forwarded request is answered; a CONNECT has none. */
  readonly response: RecordedResponse | undefined;
  /** What came right behind a CONNECT. */
  readonly firstBytes: Buffer;
  /** The target as asked for, whatever becomes of `request.url` on its way. */
  readonly target: string;
  /** Set while the proxy answers by itself. */
  ownAnswer = false;
  readonly #style: AnswerStyle;
  readonly #reopen: ((exchange: ProxyExchange) => void) | undefined;

  /**
   * @param options.style how the proxy answers by itself
   * @param options.within with it the request came out of a tunnel that the proxy opened: its target is a path on this origin
   * @param options.reopen reads the next request from the connection of a CONNECT that was turned down
   */
  constructor(
    context: ProxyContext,
    connection: ClientConnection,
    request: RecordedRequest,
    options: {
      readonly style: AnswerStyle;
      readonly response?: RecordedResponse;
      readonly firstBytes?: Buffer;
      readonly within?: string;
      readonly reopen?: (exchange: ProxyExchange) => void;
    },
  ) {
    const target = `${options.within ?? ''}${request.url ?? ''}`;
    super({
      ledger: context.ledger,
      peer: 'proxy',
      connection,
      id: newId(context.ledger, 'px'),
      method: request.method ?? '',
      target,
      httpVersion: request.httpVersion,
      headers: request.rawHeaders,
      hasBody: options.response !== undefined && hasBody(request.headers),
      passesOn: true,
    });
    this.context = context;
    this.connection = connection;
    this.request = request;
    this.response = options.response;
    this.firstBytes = options.firstBytes ?? NOTHING;
    this.target = target;
    this.#style = options.style;
    this.#reopen = options.reopen;
    connection.current = this;
    connection.touch();
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
        this.ownAnswerSent(head, text);
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
  established(origin: Socket, head: ResponseHead): void {
    const { faults } = this.context;
    this.connection.touch();
    this.answerBegun(head, 'self');
    this.connection.tunnel = new Tunnel({
      connection: this.connection,
      origin,
      faults,
      what: `the tunnel to ${this.target}`,
      ended: (bytesUp, bytesDown) => this.tunnelEnded(bytesUp, bytesDown),
    });
    if (!faults.any) return;
    if (faults.has('stream')) this.connection.tunnel.guard();
    faults.opened(this);
  }

  /** Records an answer that went past node:http, whole, to the bare socket. */
  ownAnswerSent(head: ResponseHead, body: string): void {
    this.connection.touch();
    this.answerBegun(head, 'self');
    this.down(body);
    this.downEnded(true);
  }

  /** The connection is gone: whatever has not ended never will; a tunnel says by itself when it has. */
  override brokenOff(): void {
    this.upEnded(false);
    if (this.response) this.downEnded(false);
  }
}

/** Flat header pairs, as node:http takes them. */
export const flat = (headers: readonly Header[]): string[] => headers.flat();
