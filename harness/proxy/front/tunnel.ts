import type { Socket } from 'node:net';
import type { ClientConnection, TunnelOfConnection } from '../gate/client-connection.ts';
import type { FaultScheduler } from '../scheduler/fault-scheduler.ts';
import { GuardedWriter } from '../scheduler/guarded-writer.ts';
import { StreamGuard } from '../scheduler/stream-guard.ts';

/** A tunnel between a client and an origin. Bytes are counted by the origin's socket, so nothing taps them. */
export class Tunnel implements TunnelOfConnection {
  readonly #connection: ClientConnection;
  readonly #client: Socket;
  readonly #origin: Socket;
  readonly #faults: FaultScheduler;
  readonly #what: string;
  readonly #base: { readonly written: number; readonly read: number };
  #guarded = false;
  #stalled = false;

  /**
   * @param options.origin the socket towards the origin, or towards a parent proxy; both are piped already
   * @param options.what as the record says it, such as `the tunnel to gitlab.test:443`
   * @param options.ended called once with the bytes moved, when either end has closed
   */
  constructor(options: {
    readonly connection: ClientConnection;
    readonly origin: Socket;
    readonly faults: FaultScheduler;
    readonly what: string;
    readonly ended: (bytesUp: number, bytesDown: number) => void;
  }) {
    const { connection, origin, ended } = options;
    this.#connection = connection;
    this.#client = connection.socket;
    this.#origin = origin;
    this.#faults = options.faults;
    this.#what = options.what;
    // What a parent proxy was told and answered before is none of the tunnel's.
    this.#base = origin.connecting ? { written: 0, read: 0 } : { written: origin.bytesWritten, read: origin.bytesRead };
    let over = false;
    const end = (): void => {
      if (over) return;
      over = true;
      ended(origin.bytesWritten - this.#base.written, origin.bytesRead - this.#base.read);
    };
    this.#client.once('close', end);
    origin.once('close', end);
  }

  /** Puts guards between both ends, once; bytes are counted from here. */
  guard(): void {
    if (this.#guarded || this.#stalled || this.#client.destroyed || this.#origin.destroyed) return;
    this.#guarded = true;
    const [client, origin] = [this.#client, this.#origin];
    const guarded = (direction: 'up' | 'down', to: Socket): GuardedWriter =>
      new GuardedWriter(
        new StreamGuard(this.#faults, { connection: this.#connection, direction, of: 'tunnel', what: this.#what }),
        to,
      );
    client.unpipe();
    origin.unpipe();
    client.pipe(guarded('up', origin));
    origin.pipe(guarded('down', client));
  }

  /** From now on nothing moves; both ends are read so that their closing is seen. */
  stall(): void {
    if (this.#stalled) return;
    this.#stalled = true;
    const [client, origin] = [this.#client, this.#origin];
    client.unpipe();
    origin.unpipe();
    for (const end of [client, origin]) end.on('data', () => this.#connection.keepWaiting());
    client.once('end', () => client.destroy());
    client.once('close', () => origin.destroy());
  }
}
