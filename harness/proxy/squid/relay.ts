import type { Socket } from 'node:net';
import type { ProxyContext } from '../front/context.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { StreamGuard } from '../scheduler/stream-guard.ts';
import { writeOut } from '../scheduler/write-out.ts';
import { requestFraming, responseFraming } from './framing.ts';
import { pump } from './pump.ts';
import { RelayedExchange } from './relayed-exchange.ts';
import { type Framing, type MessageHead, MessageSplitter, type Piece } from './splitter.ts';

/** The way from a relay to squid. */
export interface WayToSquid {
  /** Changes with the squid that connections go to. */
  readonly generation: number;
  /** Connects to the squid of the moment. @throws Error when there is none */
  dial(connection: ClientConnection): Promise<Socket>;
  /** Tells squid of an origin before it is asked for it. */
  know(host: string, port: number): Promise<void>;
}

/** Carries one client's bytes to squid and back, records the requests and answers in them, and lets faults strike. */
export class Relay {
  readonly #context: ProxyContext;
  readonly #connection: ClientConnection;
  readonly #way: WayToSquid;
  /** Requests without their whole answer, oldest first. */
  readonly #waiting: RelayedExchange[] = [];
  readonly #guards: Partial<Record<'up' | 'down', StreamGuard>> = {};
  #squid: Socket | undefined;
  #generation = 0;
  #asking: RelayedExchange | undefined;
  #tunnel: RelayedExchange | undefined;
  /** A fault has ended it, and whatever still comes is dropped. */
  #over = false;

  constructor(context: ProxyContext, connection: ClientConnection, way: WayToSquid) {
    this.#context = context;
    this.#connection = connection;
    this.#way = way;
    const client = connection.socket;
    client.once('close', () => {
      this.#end();
      this.#squid?.destroy();
    });
    const requests = new MessageSplitter((head) => this.#requestFraming(head));
    const sink = pump(
      requests,
      (piece) => this.#unlessOver(() => this.#passUp(piece)),
      () => (this.#squid ?? client).end(),
    );
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
    const sink = pump(
      responses,
      (piece) => this.#unlessOver(() => this.#passDown(piece)),
      () => {
        if (isCurrent()) client.end();
      },
    );
    socket.pipe(sink.on('error', () => this.#connection.cut('close')));
    return socket;
  }

  async #passUp(piece: Piece): Promise<void> {
    if (piece.kind === 'end') return this.#asking?.upEnded(true);
    if (piece.kind === 'head') return this.#ask(piece);
    if (piece.kind === 'body') this.#asking?.up(piece.data);
    else this.#tunnel?.moved('up', piece.bytes.length);
    await this.#guarded('up', piece.bytes, await this.#toSquid());
  }

  async #ask({ head, bytes }: { readonly head: MessageHead; readonly bytes: Buffer }): Promise<void> {
    const exchange = new RelayedExchange(this.#context, this.#connection, head);
    this.#asking = exchange;
    delete this.#guards.up;
    const { faults } = this.#context;
    this.#over = faults.any && !(await faults.request(exchange));
    if (this.#over) return;
    await this.#way.know(exchange.authority.host, exchange.authority.port);
    const squid = await this.#toSquid();
    this.#waiting.push(exchange);
    await writeOut(squid, bytes);
  }

  async #passDown(piece: Piece): Promise<void> {
    const [answered] = this.#waiting;
    const client = this.#connection.socket;
    switch (piece.kind) {
      case 'head':
        delete this.#guards.down;
        answered?.answerPassed(piece.head);
        await writeOut(client, piece.bytes);
        if (answered && this.#tunnel === answered) {
          const { faults } = this.#context;
          this.#over = faults.any && faults.opened(answered);
        }
        return;
      case 'body':
        answered?.down(piece.data);
        return this.#guarded('down', piece.bytes, client);
      case 'end':
        // The end of an interim answer is not the end.
        if (!answered?.hasAnswer) return;
        answered.downEnded(true);
        this.#waiting.shift();
        return;
      case 'raw':
        this.#tunnel?.moved('down', piece.bytes.length);
        return this.#guarded('down', piece.bytes, client);
    }
  }

  /** Bytes are counted from the moment a fault is on: before that nothing is looked at. */
  async #guarded(direction: 'up' | 'down', bytes: Buffer, to: Socket): Promise<void> {
    if (!this.#context.faults.any) return writeOut(to, bytes);
    this.#guards[direction] ??= new StreamGuard(this.#context.faults, {
      connection: this.#connection,
      direction,
      of: this.#tunnel ? 'tunnel' : direction === 'up' ? 'request' : 'response',
      what: `connection ${this.#connection.id}`,
    });
    const guard = this.#guards[direction];
    await guard.pass(bytes, (part) => writeOut(to, part));
    if (guard.ended) this.#over = true;
  }

  #requestFraming(head: MessageHead): Framing | (() => Framing) {
    if (!head.startLine.startsWith('CONNECT ')) return requestFraming(head);
    // Whether a tunnel or another request follows is known when squid has answered.
    return () => (this.#waiting.some(({ isConnect }) => isConnect) ? { kind: 'raw' } : { kind: 'none' });
  }

  #responseFraming(head: MessageHead): Framing {
    const [answered] = this.#waiting;
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head.startLine)?.[1] ?? Number.NaN);
    if (Number.isNaN(status)) return { kind: 'raw' };
    if (answered?.isConnect && status >= 200 && status < 300) {
      this.#tunnel = answered;
      return { kind: 'raw' };
    }
    return responseFraming(head, status, answered?.method);
  }

  #end(): void {
    for (const exchange of this.#waiting.splice(0)) {
      if (exchange === this.#tunnel) exchange.tunnelBrokenOff();
      else exchange.brokenOff();
    }
  }
}
