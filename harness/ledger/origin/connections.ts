import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Peer, Via } from '../event.ts';
import type { Ledger } from '../ledger.ts';

/** What is known about one connection. */
export interface Connection {
  readonly id: string;
  readonly via: Via;
  /** The TCP connection, below TLS if there is any. */
  readonly raw: Socket;
  /** How many requests came by it. */
  requests: number;
  /** How many of them have no answer yet. */
  open: number;
}

/** Knows every connection of one origin: gives it a name, records its beginning and its end, and can cut all of them. */
export class Connections {
  readonly #known = new WeakMap<object, Connection>();
  readonly #alive = new Set<Connection>();
  readonly #vias = new WeakMap<Socket, Via>();
  readonly #ledger: Ledger;
  readonly #peer: Peer;
  readonly #to: () => string;
  readonly #tls: boolean;
  readonly #defaultVia: Via;
  #count = 0;
  #over = false;

  constructor(options: {
    readonly ledger: Ledger;
    readonly peer: Peer;
    /** Host and port by which clients know it. */
    readonly to: () => string;
    readonly tls: boolean;
    /** How connections count that nobody announced. */
    readonly defaultVia: Via;
  }) {
    this.#ledger = options.ledger;
    this.#peer = options.peer;
    this.#to = options.to;
    this.#tls = options.tls;
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

  /** Records a new TCP connection. */
  open(raw: Socket): Connection {
    const via = this.#vias.get(raw) ?? this.#defaultVia;
    const connection: Connection = { id: `${this.#peer.charAt(0)}${++this.#count}`, via, raw, requests: 0, open: 0 };
    this.#known.set(raw, connection);
    this.#alive.add(connection);
    const from = raw.remoteAddress ? `${raw.remoteAddress}:${raw.remotePort}` : 'a local socket';
    this.#ledger.record(this.#peer, {
      kind: 'connection',
      connection: connection.id,
      via,
      from,
      to: this.origin,
      tls: this.#tls,
    });
    // A reset is an end like any other here; whoever was being answered hears of it by its own `close`.
    raw.on('error', () => {});
    if (this.#over) raw.destroy();
    raw.once('close', () => {
      this.#alive.delete(connection);
      this.#ledger.record(this.#peer, {
        kind: 'connection-end',
        connection: connection.id,
        bytesIn: raw.bytesRead,
        bytesOut: raw.bytesWritten,
      });
    });
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
