import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Carrier } from './carrier.ts';
import { type AcceptedCredentials, proxyUrl } from './credentials.ts';
import type { ProxyContext } from './front/context.ts';
import type { ClientConnection } from './gate/client-connection.ts';
import { Gate } from './gate/gate.ts';
import type { ForwardProxyOf, InterceptorHandle, Kerberos } from './handle.ts';
import type { Interceptor } from './interception/interceptor.ts';
import type { ProxyKind } from './kind.ts';
import type { Fault } from './scheduler/catalogue.ts';
import type { FaultHandle } from './scheduler/fault-handle.ts';
import type { StrickenProxy } from './scheduler/stricken-proxy.ts';
import type { ProxyAuth, ProxySpec } from './spec.ts';

/** A forward proxy: a gate, a carrier behind it, and its faults. */
export class RunningProxy<K extends ProxyKind> implements ForwardProxyOf<K>, StrickenProxy {
  readonly kind: K;
  readonly product: string;
  readonly host: string;
  readonly auth: ProxyAuth;
  readonly interceptor?: InterceptorHandle;
  readonly kerberos?: Kerberos;
  readonly #context: ProxyContext;
  readonly #accepted: AcceptedCredentials;
  readonly #carrier: Carrier;
  readonly #gate: Gate;
  readonly #scheme: 'http' | 'https';
  #stopped = false;

  constructor(options: {
    readonly spec: ProxySpec<K>;
    readonly context: ProxyContext;
    readonly accepted: AcceptedCredentials;
    readonly carrier: Carrier;
    readonly host: string;
    readonly tls?: SecureContext;
    readonly interceptor?: Interceptor;
  }) {
    const { spec, context, accepted, carrier, host, tls } = options;
    this.kind = spec.kind;
    this.product = carrier.product;
    this.host = host;
    this.auth = accepted.auth;
    if (carrier.kerberos) this.kerberos = carrier.kerberos;
    this.#context = context;
    this.#accepted = accepted;
    this.#carrier = carrier;
    if (options.interceptor) this.interceptor = options.interceptor;
    this.#scheme = tls ? 'https' : 'http';
    this.#gate = new Gate({ context, ...(tls ? { tls } : {}), admit: (connection) => carrier.serve(connection) });
    context.faults.attach(this);
  }

  get port(): number {
    return this.#gate.port;
  }

  get listening(): boolean {
    return this.#gate.listening;
  }

  get url(): string {
    return proxyUrl(this.#scheme, this.host, this.port, this.auth);
  }

  get urlWithoutCredentials(): string {
    return proxyUrl(this.#scheme, this.host, this.port);
  }

  /** @param paused takes its port, but refuses connections until `start` */
  async open(paused: boolean): Promise<void> {
    await this.#gate.open();
    if (!paused) return;
    this.#stopped = true;
    this.#gate.close();
  }

  get connections(): Iterable<ClientConnection> {
    return this.#gate.connections;
  }

  inject(fault: Fault): FaultHandle {
    return this.#context.faults.inject(fault);
  }

  refuse(refusing: boolean): void {
    if (refusing) this.#gate.close();
    else if (!this.#stopped) {
      this.#gate.open().catch((error: Error) => {
        this.#context.ledger.record('proxy', { kind: 'flag', what: error.message, odd: true });
      });
    }
  }

  async setCredentials(auth: { user: string; password: string } | undefined): Promise<void> {
    this.#accepted.replace(auth);
    await this.#carrier.credentialsChanged();
  }

  async restart(): Promise<void> {
    this.#record('restart', 'struck');
    await this.#down();
    await this.#up();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#record('stop', 'on');
    await this.#down();
  }

  async start(): Promise<void> {
    if (!this.#stopped) return;
    await this.#up();
    this.#record('stop', 'off');
  }

  accept(socket: Socket): void {
    this.#gate.take(socket);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await this.#gate[Symbol.asyncDispose]();
    await this.#carrier[Symbol.asyncDispose]();
  }

  async #down(): Promise<void> {
    this.#stopped = true;
    this.#gate.close();
    await this.#gate.cutAll();
    await this.#carrier.stop();
  }

  async #up(): Promise<void> {
    await this.#carrier.start();
    if (!this.#context.faults.refusing) await this.#gate.open();
    this.#stopped = false;
  }

  #record(name: string, state: 'on' | 'off' | 'struck'): void {
    this.#context.ledger.record('proxy', { kind: 'fault', name, state });
  }
}
