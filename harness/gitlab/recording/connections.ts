import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Ledger, Via } from '../../ledger/index.ts';

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

/** Knows every connection of one peer: gives it a name, records its beginning and its end, and can cut all of them. */
export class Connections {
  readonly #known = new WeakMap<object, Connection>();
  readonly #alive = new Set<Connection>();
  readonly #vias = new WeakMap<Socket, Via>();
  readonly #ledger: Ledger;
  readonly #to: () => string;
  readonly #tls: boolean;
  readonly #defaultVia: Via;
  #count = 0;
  #over = false;

  constructor(options: { ledger: Ledger; to: () => string; tls: boolean; defaultVia: Via }) {
    this.#ledger = options.ledger;
    this.#to = options.to;
    this.#tls = options.tls;
    this.#defaultVia = options.defaultVia;
  }

  /** Says how a connection came, before it is opened. */
  announce(socket: Socket, via: Via): void {
    this.#vias.set(socket, via);
  }

  /** Records a new TCP connection. */
  open(raw: Socket): Connection {
    const via = this.#vias.get(raw) ?? this.#defaultVia;
    const connection: Connection = { id: `g${++this.#count}`, via, raw, requests: 0, open: 0 };
    this.#known.set(raw, connection);
    this.#alive.add(connection);
    const from = raw.remoteAddress ? `${raw.remoteAddress}:${raw.remotePort}` : 'a local socket';
    this.#ledger.record('gitlab', {
      kind: 'connection',
      connection: connection.id,
      via,
      from,
      to: this.#to(),
      tls: this.#tls,
    });
    // A reset is an end like any other here; whoever was being answered hears of it by its own `close`.
    raw.on('error', () => {});
    if (this.#over) raw.destroy();
    raw.once('close', () => {
      this.#alive.delete(connection);
      this.#ledger.record('gitlab', {
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
    if (!known) throw new Error('A request came by a connection that the mock GitLab has not seen being opened.');
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
