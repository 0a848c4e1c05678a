import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { newId, type ProxyContext } from '../front/context.ts';
import { ClientConnection } from './client-connection.ts';
import { reservePort } from './reserved-port.ts';
import { reset } from './reset.ts';
import { secured } from './secured.ts';

const LOOPBACK = '127.0.0.1';

/** The gate of a proxy: its listener and its clients' connections. What strikes a connection as such strikes here. */
export class Gate implements AsyncDisposable {
  readonly #context: ProxyContext;
  readonly #tls: SecureContext | undefined;
  readonly #admit: (connection: ClientConnection) => void;
  readonly #connections = new Set<ClientConnection>();
  #server: Server | undefined;
  #port = 0;
  /** Of its port, while it does not listen. */
  #reserved: Promise<Disposable | undefined> | undefined;

  /** @param options.admit takes over a connection that nothing struck */
  constructor(options: {
    readonly context: ProxyContext;
    readonly tls?: SecureContext;
    readonly admit: (connection: ClientConnection) => void;
  }) {
    this.#context = options.context;
    this.#tls = options.tls;
    this.#admit = options.admit;
  }

  /** The port it listens on, or did before it was closed. */
  get port(): number {
    return this.#port;
  }

  get listening(): boolean {
    return this.#server !== undefined;
  }

  get connections(): ReadonlySet<ClientConnection> {
    return this.#connections;
  }

  /**
   * Listens on loopback: on a free port the first time, on the same one afterwards.
   * @throws Error when another program has taken the port meanwhile
   */
  async open(): Promise<void> {
    if (this.#server) return;
    const reserved = this.#reserved;
    // As node:http does for its own listeners.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.take(socket, `${LOOPBACK}:${this.#port}`),
    );
    this.#server = server;
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(this.#port, LOOPBACK, resolve);
      });
    } catch (error) {
      if (this.#server === server) this.#server = undefined;
      throw new Error(
        `The proxy cannot listen on ${LOOPBACK}:${this.#port} again: ${(error as Error).message}. Another program has taken the port meanwhile; run the case again.`,
        { cause: error },
      );
    }
    const address = server.address() as AddressInfo | null;
    if (address) this.#port = address.port;
    if (this.#reserved === reserved) this.#reserved = undefined;
    (await reserved)?.[Symbol.dispose]();
  }

  /** Stops listening, and keeps its port from others; connections stay. */
  close(): void {
    if (!this.#server) return;
    this.#server.close();
    this.#server = undefined;
    this.#reserved ??= reservePort(this.#port).catch(() => undefined);
  }

  /** Cuts every connection; resolves when the end of each has been recorded. */
  async cutAll(): Promise<void> {
    const closing = [...this.#connections].map(({ raw, socket }) => {
      const closed = once(raw, 'close');
      socket.destroy();
      raw.destroy();
      return closed;
    });
    await Promise.all(closing);
  }

  /**
   * Takes a connection in, whichever way it came.
   * @param to where it was opened to; asked from the socket when nobody knows
   */
  take(socket: Socket, to = `${socket.localAddress ?? LOOPBACK}:${socket.localPort ?? this.#port}`): void {
    socket.on('error', () => {});
    if (!this.#server) {
      reset(socket);
      return;
    }
    socket.allowHalfOpen = true;
    const id = newId(this.#context.ledger, 'pc');
    const connection = new ClientConnection(this.#context, { id, raw: socket, to, tls: this.#tls !== undefined });
    this.#connections.add(connection);
    socket.once('close', () => this.#connections.delete(connection));
    if (this.#struck(connection)) return;
    if (this.#tls) secured(this.#context, connection, this.#tls, this.#admit);
    else this.#admit(connection);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.cutAll();
    (await this.#reserved)?.[Symbol.dispose]();
  }

  #struck(connection: ClientConnection): boolean {
    const { faults } = this.#context;
    if (!faults.any || !faults.connect(connection)) return false;
    // Somebody must read it, or the client's closing would go unnoticed.
    connection.raw.resume();
    connection.raw.once('end', () => connection.raw.destroy());
    return true;
  }
}
