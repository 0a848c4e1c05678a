import type { LedgerEvent } from '../ledger/index.ts';
import type { ConnectionView } from './protocol.ts';

/** The connections of a lab that are open now, as its record tells. */
export class OpenConnections {
  readonly #open = new Map<string, ConnectionView>();

  /** Takes the next event of the record. */
  take(event: LedgerEvent): void {
    if (event.kind === 'connection') {
      const { peer, connection, from, to, via, t } = event;
      this.#open.set(`${peer} ${connection}`, { peer, connection, from, to, via, since: t });
    } else if (event.kind === 'request') {
      const key = `${event.peer} ${event.connection}`;
      const known = this.#open.get(key);
      if (known) this.#open.set(key, { ...known, asks: `${event.method} ${event.target}` });
    } else if (event.kind === 'connection-end') this.#open.delete(`${event.peer} ${event.connection}`);
  }

  get all(): readonly ConnectionView[] {
    return [...this.#open.values()];
  }
}
