import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { breakOff, strikeTunnel } from '../faults/break-off.ts';
import { writeOut } from '../faults/guarded-writer.ts';
import { StreamGuard } from '../faults/stream-guard.ts';
import type { ProxyContext } from '../front/context.ts';
import type { Connection } from '../gate/connection.ts';
import { requestFraming, responseFraming } from './framing.ts';
import { RelayedExchange } from './relayed-exchange.ts';
import { type MessageHead, MessageSplitter, type Piece } from './splitter.ts';

/** Tells squid of an origin before it is asked for it. */
type Know = (host: string, port: number) => Promise<void>;

/** Carries one client's bytes to squid and back, records the requests and answers in them, and lets faults strike. */
export class Relay {
  readonly #context: ProxyContext;
  readonly #connection: Connection;
  readonly #squid: Socket;
  readonly #know: Know;
  /** Requests without their whole answer, oldest first. */
  readonly #waiting: RelayedExchange[] = [];
  #asking: RelayedExchange | undefined;
  #tunnel: RelayedExchange | undefined;
  #up: StreamGuard | undefined;
  #down: StreamGuard | undefined;
  #over = false;

  constructor(context: ProxyContext, connection: Connection, squid: Socket, know: Know) {
    this.#context = context;
    this.#connection = connection;
    this.#squid = squid;
    this.#know = know;
    const client = connection.socket;
    squid.on('error', () => {});
    squid.once('close', () => {
      this.#end();
      if (!connection.hanging && !this.#over) client.destroySoon();
    });
    client.once('close', () => {
      this.#end();
      squid.destroy();
    });
    const requests = new MessageSplitter((head) => this.#requestFraming(head));
    const responses = new MessageSplitter((head) => this.#responseFraming(head));
    client.pipe(
      this.#pump(
        requests,
        (piece) => this.#passUp(piece),
        () => squid.end(),
      ),
    );
    squid.pipe(
      this.#pump(
        responses,
        (piece) => this.#passDown(piece),
        () => client.end(),
      ),
    );
  }

  #pump(splitter: MessageSplitter, pass: (piece: Piece) => Promise<void>, ended: () => void): Writable {
    const passAll = async (pieces: Iterable<Piece>): Promise<void> => {
      for (const piece of pieces) {
        this.#connection.touch();
        this.#connection.keepWaiting();
        if (!this.#connection.hanging && !this.#over) await pass(piece);
      }
    };
    const sink = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        passAll(splitter.push(chunk)).then(() => done(), done);
      },
      final: (done) => {
        passAll(splitter.end()).then(() => {
          if (!this.#connection.hanging && !this.#over) ended();
          done();
        }, done);
      },
    });
    return sink.on('error', () => this.#connection.cut('close'));
  }

  async #passUp(piece: Piece): Promise<void> {
    switch (piece.kind) {
      case 'head':
        this.#asking = new RelayedExchange(this.#context.ledger, this.#connection, piece.head);
        this.#waiting.push(this.#asking);
        this.#up = undefined;
        if (await this.#struck(this.#asking)) return;
        await this.#know(...this.#asking.authority);
        return writeOut(this.#squid, piece.bytes);
      case 'body':
        this.#asking?.requestMeter.add(piece.data);
        return this.#guarded('up', piece.bytes);
      case 'end':
        return this.#asking?.endRequest();
      case 'raw':
        this.#tunnel?.moved('up', piece.bytes.length);
        return this.#guarded('up', piece.bytes);
    }
  }

  async #passDown(piece: Piece): Promise<void> {
    const [answered] = this.#waiting;
    switch (piece.kind) {
      case 'head':
        this.#down = undefined;
        answered?.answer(piece.head);
        await writeOut(this.#connection.socket, piece.bytes);
        if (this.#tunnel && this.#tunnel === answered) await this.#stood(this.#tunnel);
        return;
      case 'body':
        answered?.responseMeter.add(piece.data);
        return this.#guarded('down', piece.bytes);
      case 'end':
        if (answered?.endResponse()) this.#waiting.shift();
        return;
      case 'raw':
        this.#tunnel?.moved('down', piece.bytes.length);
        return this.#guarded('down', piece.bytes);
    }
  }

  /** Bytes are counted from the moment a fault is on: before that nothing is looked at. */
  async #guarded(direction: 'up' | 'down', bytes: Buffer): Promise<void> {
    const to = direction === 'up' ? this.#squid : this.#connection.socket;
    if (!this.#context.faults.any) return writeOut(to, bytes);
    const what = `on connection ${this.#connection.id}`;
    const make = (): StreamGuard =>
      new StreamGuard(this.#context.faults, { connection: this.#connection, direction, what });
    if (direction === 'up') this.#up ??= make();
    else this.#down ??= make();
    const guard = direction === 'up' ? this.#up : this.#down;
    await guard?.pass(bytes, (part) => writeOut(to, part));
  }

  async #struck(exchange: RelayedExchange): Promise<boolean> {
    const { faults } = this.#context;
    if (!faults.any) return false;
    const [active] = faults.ending('on-request');
    if (active) faults.end(active, this.#connection, exchange.line);
    else if (!breakOff(faults, 'on-request', this.#connection, exchange.line)) return !(await this.#delayed(exchange));
    this.#over = true;
    return true;
  }

  /** @returns false when the client has gone meanwhile */
  async #delayed(exchange: RelayedExchange): Promise<boolean> {
    const { faults } = this.#context;
    for (const active of faults.of('delay')) {
      const on = active.fault.on ?? 'any';
      if (on !== 'any' && on !== (exchange.isConnect ? 'connect' : 'forward')) continue;
      faults.struck(active, exchange.line);
      if (!(await this.#connection.wait(active.fault.ms))) return false;
    }
    return true;
  }

  async #stood(exchange: RelayedExchange): Promise<void> {
    const { faults } = this.#context;
    if (!faults.any) return;
    const broken = [...faults.of('half-header'), ...faults.of('garbage')].some(
      ({ fault }) => fault.when === 'after-connect',
    );
    this.#over = broken || faults.ending('after-connect').some(({ fault }) => fault.fault !== 'hang');
    await strikeTunnel(faults, this.#connection, exchange.line);
  }

  #requestFraming(head: MessageHead): ReturnType<typeof requestFraming> | (() => ReturnType<typeof requestFraming>) {
    if (!head.startLine.startsWith('CONNECT ')) return requestFraming(head);
    // Whether a tunnel or another request follows is known when squid has answered.
    return () =>
      this.#waiting.some(({ isConnect }) => isConnect) || this.#tunnel ? { kind: 'raw' } : { kind: 'none' };
  }

  #responseFraming(head: MessageHead): ReturnType<typeof responseFraming> {
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
    for (const exchange of this.#waiting.splice(0)) exchange.breakOff(exchange === this.#tunnel);
  }
}
