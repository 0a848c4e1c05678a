import type { Socket } from 'node:net';
import type { ProxyContext } from '../front/context.ts';
import { refusal, refuseBytes } from '../front/refuse-bytes.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import {
  checkRequest,
  MalformedMessage,
  type MessageHead,
  parseRequestLine,
  type SoundRequest,
} from '../grammar/index.ts';
import { writeOut } from '../scheduler/write-out.ts';
import { refusedTarget } from '../way-out.ts';
import { requestFraming, responseFraming } from './framing.ts';
import { pump } from './pump.ts';
import { RelayGuards } from './relay-guards.ts';
import { RelayedExchange } from './relayed-exchange.ts';
import { type Fragment, type Framing, MessageSplitter } from './splitter.ts';
import type { WayToSquid } from './way-to-squid.ts';

/** Carries one client's bytes to squid and back, records the requests and answers in them, and lets faults strike. */
export class Relay {
  readonly #context: ProxyContext;
  readonly #connection: ClientConnection;
  readonly #way: WayToSquid;
  /** Requests without their whole answer, oldest first. */
  readonly #waiting: RelayedExchange[] = [];
  readonly #guards: RelayGuards;
  #squid: Socket | undefined;
  #generation = 0;
  #asking: RelayedExchange | undefined;
  #tunnel: RelayedExchange | undefined;
  /** A fault has ended it, or it was refused, and whatever still comes is dropped. */
  #over = false;
  /** What becomes of the connection when all that was asked before is answered. */
  #afterwards: (() => void) | undefined;
  /** What is to be recorded of the request whose head came last. */
  #checked: SoundRequest = {};
  #connectAnswered: () => void = () => {};

  constructor(context: ProxyContext, connection: ClientConnection, way: WayToSquid) {
    this.#context = context;
    this.#connection = connection;
    this.#way = way;
    this.#guards = new RelayGuards(context.faults, connection);
    const client = connection.socket;
    client.once('close', () => {
      this.#end();
      this.#squid?.destroy();
    });
    const requests = new MessageSplitter((head) => this.#requestFraming(head));
    const sink = pump(requests, {
      pass: (piece) => this.#unlessOver(() => this.#passUp(piece)),
      ended: () => (this.#squid ?? client).end(),
      malformed: async (error) => this.#refuse(error),
    });
    client.pipe(sink.on('error', () => connection.cut('close')));
  }

  async #unlessOver(pass: () => Promise<void>): Promise<void> {
    this.#connection.touch();
    this.#connection.keepWaiting();
    if (!this.#connection.hanging && !this.#over) await pass();
  }

  /** The connection to squid: a new one when squid is another one now and nothing is under way. */
  async #toSquid(): Promise<Socket> {
    const idle = this.#waiting.length === 0 && !this.#tunnel;
    if (this.#squid && !(idle && this.#generation !== this.#way.generation)) return this.#squid;
    const before = this.#squid;
    const socket = await this.#way.dial(this.#connection);
    this.#squid = socket;
    this.#generation = this.#way.generation;
    before?.destroy();
    const client = this.#connection.socket;
    if (client.destroyed) socket.destroy();
    const isCurrent = (): boolean => this.#squid === socket && !this.#connection.hanging && !this.#over;
    socket.on('error', () => {});
    socket.once('close', () => {
      if (!isCurrent()) return;
      this.#end();
      client.destroySoon();
    });
    const responses = new MessageSplitter((head) => this.#responseFraming(head));
    const sink = pump(responses, {
      pass: (piece) => this.#unlessOver(() => this.#passDown(piece)),
      ended: () => {
        if (isCurrent()) client.end();
      },
      malformed: async (error) => this.#gotNoAnswer(error),
    });
    socket.pipe(sink.on('error', () => this.#connection.cut('close')));
    return socket;
  }

  async #passUp(piece: Fragment): Promise<void> {
    if (piece.kind === 'end') return this.#asking?.upEnded(true);
    if (piece.kind === 'head') return this.#ask(piece);
    if (piece.kind === 'body') this.#asking?.up(piece.data);
    else this.#tunnel?.moved('up', piece.bytes.length);
    await this.#guarded('up', piece.bytes, await this.#toSquid());
  }

  async #ask({ head, bytes }: { readonly head: MessageHead; readonly bytes: Buffer }): Promise<void> {
    const exchange = new RelayedExchange(this.#context, this.#connection, head);
    const { odd, wrong } = this.#checked;
    if (odd !== undefined) exchange.odd(`${exchange.line}: ${odd}`);
    if (wrong !== undefined) exchange.flag(`${exchange.line}: ${wrong}`);
    this.#asking = exchange;
    this.#guards.begin('up');
    const { faults } = this.#context;
    this.#over = faults.any && !(await faults.request(exchange));
    if (this.#over) return;
    await this.#way.know(exchange.authority.host, exchange.authority.port);
    const squid = await this.#toSquid();
    this.#waiting.push(exchange);
    await writeOut(squid, bytes);
    // What comes behind a CONNECT is the tunnel's or the next request: squid's answer tells, so it is held until then.
    if (!exchange.isConnect || this.#connection.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.#connectAnswered = resolve;
      if (exchange.hasAnswer) resolve();
    });
  }

  async #passDown(piece: Fragment): Promise<void> {
    const [answered] = this.#waiting;
    const client = this.#connection.socket;
    switch (piece.kind) {
      case 'head':
        this.#guards.begin('down');
        if (answered) this.#answered(answered, piece.head);
        await writeOut(client, piece.bytes);
        if (answered && this.#tunnel === answered) {
          const { faults } = this.#context;
          this.#over = faults.any && faults.opened(answered);
        }
        if (answered?.isConnect && answered.hasAnswer) this.#connectAnswered();
        return;
      case 'body':
        answered?.down(piece.data);
        return this.#guarded('down', piece.bytes, client);
      case 'end':
        // The end of an interim answer is not the end.
        if (!answered?.hasAnswer) return;
        answered.downEnded(true);
        this.#waiting.shift();
        if (this.#waiting.length === 0) this.#afterwards?.();
        return;
      case 'raw':
        this.#tunnel?.moved('down', piece.bytes.length);
        return this.#guarded('down', piece.bytes, client);
    }
  }

  async #guarded(direction: 'up' | 'down', bytes: Buffer, to: Socket): Promise<void> {
    if (await this.#guards.pass(direction, this.#tunnel !== undefined, bytes, to)) this.#over = true;
  }

  #answered(exchange: RelayedExchange, head: MessageHead): void {
    exchange.answerPassed(head);
    const { host, port } = exchange.authority;
    if (exchange.refusedBySquid && !this.#way.isOrigin(host, port)) exchange.odd(refusedTarget(exchange.line));
  }

  #requestFraming(head: MessageHead): Framing | (() => Framing) {
    const request = { ...parseRequestLine(head.startLine), headers: head.headers };
    this.#checked = checkRequest(request);
    if (request.method !== 'CONNECT') return requestFraming(head, request.version);
    return () => ({ kind: this.#tunnel ? 'raw' : 'none' });
  }

  #responseFraming(head: MessageHead): Framing {
    const [answered] = this.#waiting;
    // Or the rest of an answer that should have had no body would be another one to the client.
    if (!answered) throw new MalformedMessage('it comes where nothing was asked');
    const framing = responseFraming(head, answered.method);
    if (framing.kind === 'raw') this.#tunnel = answered;
    return framing;
  }

  /** Answers what is no HTTP when all that was asked before it is answered, and closes. */
  #refuse({ message, status }: MalformedMessage): void {
    if (this.#over || this.#connection.hanging) return;
    const { ledger } = this.#context;
    // Squid has the head of a request whose body goes wrong, and must not answer it any more.
    const begun = this.#asking?.upOver === false ? this.#asking : undefined;
    const what = `A client sent no valid HTTP request: ${message}`;
    if (begun) begun.flag(what);
    else ledger.record('proxy', { kind: 'flag', what });
    begun?.upEnded(false);
    if (begun?.hasAnswer === false) this.#waiting.splice(this.#waiting.indexOf(begun), 1);
    this.#afterwards = () => {
      if (begun?.hasAnswer === false) begun.answeredBy(refusal(status));
      this.#close(status);
    };
    if (this.#waiting.length === 0) this.#afterwards();
    // Squid waits for a body that will not come.
    else if (begun?.hasAnswer) this.#connection.cut('close');
  }

  /** Squid's answer is no HTTP: the client is told so, unless it has the beginning of it. */
  #gotNoAnswer({ message }: MalformedMessage): void {
    if (this.#over || this.#connection.hanging) return;
    const [answered] = this.#waiting;
    const what = `Squid sent no valid HTTP answer: ${message}`;
    if (answered) answered.odd(what);
    else this.#context.ledger.record('proxy', { kind: 'flag', what, odd: true });
    if (!answered || answered.hasAnswer) {
      this.#over = true;
      this.#connection.cut('close');
      return;
    }
    answered.answeredBy(refusal(502));
    this.#waiting.shift();
    this.#close(502);
  }

  #close(status: number): void {
    this.#over = true;
    this.#squid?.destroy();
    this.#connectAnswered();
    refuseBytes(this.#connection.socket, status);
  }

  #end(): void {
    this.#connectAnswered();
    for (const exchange of this.#waiting.splice(0)) {
      if (exchange === this.#tunnel) exchange.tunnelBrokenOff();
      else exchange.brokenOff();
    }
  }
}
