import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Peer, Via } from '../event.ts';
import { Connection } from '../exchange/connection.ts';
import type { Ledger } from '../ledger.ts';

/** Knows every connection of one origin: gives it a name, records its beginning and its end, and can cut all of them. */
export class Connections {
  readonly #known = new WeakMap<object, Connection>();
  readonly #alive = new Set<Connection>();
  readonly #vias = new WeakMap<Socket, Via>();
  readonly #ledger: Ledger;
  readonly #peer: Peer;
  readonly #to: () => string;
  readonly #defaultVia: Via;
  #count = 0;
  #over = false;

  constructor(options: {
    readonly ledger: Ledger;
    readonly peer: Peer;
    /** Host and port by which clients know it. */
    readonly to: () => string;
    /** How connections count that nobody announced. */
    readonly defaultVia: Via;
  }) {
    this.#ledger = options.ledger;
    this.#peer = options.peer;
    this.#to = options.to;
    this.#defaultVia = options.defaultVia;
  }

  /** Host and port by which clients know the origin. */
  get origin(): string {
    return this.#to();
  }

  /** Says how a connection came, before it is opened. */
  announce(socket: Socket, via: Via): void {
    this.#vias.set(socket, via);
  }

  /** Records a new TCP connection. @param tls whether TLS is spoken on it */
  open(raw: Socket, tls: boolean): Connection {
    // A reset is an end like any other here; whoever was being answered hears of it by its own `close`.
    raw.on('error', () => {});
    const connection = new Connection({
      ledger: this.#ledger,
      peer: this.#peer,
      id: `${this.#peer.charAt(0)}${++this.#count}`,
      via: this.#vias.get(raw) ?? this.#defaultVia,
      raw,
      to: this.origin,
      tls,
    });
    this.#known.set(raw, connection);
    this.#alive.add(connection);
    raw.once('close', () => this.#alive.delete(connection));
    if (this.#over) raw.destroy();
    return connection;
  }

  /** The connection that a request came by: its own socket, or the one below TLS. */
  of(socket: Duplex): Connection {
    const known = this.find(socket);
    if (!known) throw new Error('A request came by a connection that has not been seen being opened.');
    return known;
  }

  find(socket: Duplex): Connection | undefined {
    const known = this.#known.get(socket);
    if (known) return known;
    // Node has no public way from a TLS socket to what it runs on.
    const raw: unknown = Reflect.get(socket, '_parent');
    const below = typeof raw === 'object' && raw !== null ? this.#known.get(raw) : undefined;
    if (below) this.#known.set(socket, below);
    return below;
  }

  /** Cuts every connection, those that still come too, and resolves when all of them are recorded as ended. */
  async cutAll(): Promise<void> {
    this.#over = true;
    const ends = [...this.#alive].map(({ raw }) => new Promise<void>((resolve) => raw.once('close', () => resolve())));
    for (const { raw } of this.#alive) raw.destroy();
    await Promise.all(ends);
  }
}
