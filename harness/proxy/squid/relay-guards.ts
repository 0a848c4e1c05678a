import type { Socket } from 'node:net';
import type { ClientConnection } from '../gate/client-connection.ts';
import type { FaultScheduler } from '../scheduler/fault-scheduler.ts';
import { StreamGuard } from '../scheduler/stream-guard.ts';
import { writeOut } from '../scheduler/write-out.ts';

/** Lets faults strike what flows through a relay. */
export class RelayGuards {
  readonly #faults: FaultScheduler;
  readonly #connection: ClientConnection;
  readonly #guards: Partial<Record<'up' | 'down', StreamGuard>> = {};

  constructor(faults: FaultScheduler, connection: ClientConnection) {
    this.#faults = faults;
    this.#connection = connection;
  }

  /** Another message begins to flow. */
  begin(direction: 'up' | 'down'): void {
    delete this.#guards[direction];
  }

  /**
   * Writes bytes out; they are counted from the moment a fault is on: before that nothing is looked at.
   * @param inTunnel they belong to a tunnel, not to a message
   * @returns whether a fault has ended the connection with it
   */
  async pass(direction: 'up' | 'down', inTunnel: boolean, bytes: Buffer, to: Socket): Promise<boolean> {
    if (!this.#faults.any) {
      await writeOut(to, bytes);
      return false;
    }
    this.#guards[direction] ??= new StreamGuard(this.#faults, {
      connection: this.#connection,
      direction,
      of: inTunnel ? 'tunnel' : direction === 'up' ? 'request' : 'response',
      what: `connection ${this.#connection.id}`,
    });
    const guard = this.#guards[direction];
    await guard.pass(bytes, (part) => writeOut(to, part));
    return guard.ended;
  }
}
