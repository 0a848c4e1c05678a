import type { Socket } from 'node:net';
import type { Clock, Release } from '../../clock/index.ts';
import { Connection, type Ledger } from '../../ledger/index.ts';
import { reset } from './reset.ts';

/** The tunnel that a connection may become. */
export interface TunnelOfConnection {
  /** Lets its bytes pass the faults of the moment from now on. */
  guard(): void;
  /** From now on nothing moves in it. */
  stall(): void;
}

/** The connection of one client of the proxy, from accept to close. */
export class ClientConnection extends Connection {
  /** What is spoken on: what came in, or TLS over it. */
  socket: Socket;
  /** The tunnel it has become. */
  tunnel: TunnelOfConnection | undefined;
  readonly #clock: Clock;
  /** The request that is being dealt with. */
  current: { brokenOff(): void } | undefined;
  #hanging = false;
  #movedAt: number | undefined;
  #withheld: Release | undefined;
  #closed: AbortController | undefined;

  /** @param of.to host and port it was opened to */
  constructor(
    { ledger, clock }: { ledger: Ledger; clock: Clock },
    of: { id: string; raw: Socket; to: string; tls: boolean },
  ) {
    super({ ...of, ledger, peer: 'proxy', via: 'subject' });
    this.socket = of.raw;
    this.#clock = clock;
  }

  get open(): boolean {
    return !this.raw.destroyed;
  }

  get hanging(): boolean {
    return this.#hanging;
  }

  /** Aborts when the connection is closed. */
  get signal(): AbortSignal {
    if (!this.#closed) {
      this.#closed = new AbortController();
      if (!this.open) this.#closed.abort(new Error('The client has closed its connection to the proxy.'));
    }
    return this.#closed.signal;
  }

  /** Says that bytes move. */
  touch(): void {
    if (this.#movedAt !== undefined) this.#movedAt = this.#clock.elapsed();
  }

  /** When bytes last moved, in milliseconds on the world's clock; counted from when somebody first asks. */
  get movedAt(): number {
    this.#movedAt ??= this.#clock.elapsed();
    return this.#movedAt;
  }

  protected override closed(): void {
    this.current?.brokenOff();
    this.#withheld?.();
    this.#closed?.abort(new Error('The client closed its connection to the proxy.'));
  }

  /** Ends it with RST, or with FIN; the system may send RST after FIN to a client that is still sending. */
  cut(how: 'reset' | 'close'): void {
    if (how === 'close') {
      this.socket.destroySoon();
      return;
    }
    reset(this.raw);
    if (this.socket !== this.raw) this.socket.destroy();
  }

  /** From now on the client gets nothing more; whatever keeps coming is dropped. */
  hang(): void {
    if (!this.open) return;
    this.tunnel?.stall();
    if (this.#hanging) return;
    this.#hanging = true;
    this.socket.cork();
  }

  /** Says that the client of a hanging connection waits for an answer that will not come. */
  keepWaiting(): void {
    if (this.#hanging && this.open) this.#withheld ??= this.#clock.withhold();
  }

  /** Waits while the client does, on the world's clock. @returns false when it is gone before that */
  async wait(ms: number): Promise<boolean> {
    if (!this.open) return false;
    const release = this.#clock.withhold();
    try {
      await this.#clock.sleep(ms, this.signal);
      return this.open;
    } catch {
      return false;
    } finally {
      release();
    }
  }
}
