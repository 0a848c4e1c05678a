import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { type AcceptedCredentials, proxyUrl } from './credentials.ts';
import type { Engine } from './engine.ts';
import type { ActiveFault } from './faults/switchboard.ts';
import type { ProxyContext } from './front/context.ts';
import type { Connection } from './gate/connection.ts';
import { Gate } from './gate/gate.ts';
import { cutWhenIdle } from './gate/idle-cut.ts';
import type { FaultHandle, ForwardProxy, Kerberos } from './handle.ts';
import type { Fault, ProxyAuth, ProxyKind, ProxySpec } from './spec.ts';

/** A forward proxy: a gate, an engine behind it, and the switches for its faults. */
export class RunningProxy implements ForwardProxy {
  readonly kind: ProxyKind;
  readonly product: string;
  readonly host: string;
  readonly auth: ProxyAuth;
  readonly kerberos?: Kerberos;
  readonly #context: ProxyContext;
  readonly #accepted: AcceptedCredentials;
  readonly #engine: Engine;
  readonly #gate: Gate;
  readonly #canIntercept: boolean;
  readonly #scheme: 'http' | 'https';
  #stopped = false;

  constructor(options: {
    readonly spec: ProxySpec;
    readonly context: ProxyContext;
    readonly accepted: AcceptedCredentials;
    readonly engine: Engine;
    readonly host: string;
    readonly tls?: SecureContext;
    readonly canIntercept: boolean;
  }) {
    const { spec, context, accepted, engine, host, tls } = options;
    this.kind = spec.kind;
    this.product = engine.product;
    this.host = host;
    this.auth = accepted.auth;
    if (engine.kerberos) this.kerberos = engine.kerberos;
    this.#context = context;
    this.#accepted = accepted;
    this.#engine = engine;
    this.#canIntercept = options.canIntercept;
    this.#scheme = tls ? 'https' : 'http';
    this.#gate = new Gate({ context, ...(tls ? { tls } : {}), admit: (connection) => this.#admit(connection) });
    context.faults.watch((active, state) => this.#faultChanged(active, state));
  }

  get port(): number {
    return this.#gate.port;
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

  inject(fault: Fault): FaultHandle {
    const reason =
      fault.fault === 'intercept-tls' && !this.#canIntercept
        ? 'It was given no certificate authority to sign with: give createForwardProxy a CA.'
        : this.#engine.cannot(fault);
    if (reason) throw new Error(`The fault ${fault.fault} cannot be switched on at ${this.product}. ${reason}`);
    return this.#context.faults.inject(fault);
  }

  async setCredentials(auth: { user: string; password: string } | undefined): Promise<void> {
    this.#accepted.replace(auth);
    await this.#engine.credentialsChanged();
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
    await this.#engine[Symbol.asyncDispose]();
  }

  async #down(): Promise<void> {
    this.#stopped = true;
    this.#gate.close();
    await this.#gate.cutAll();
    await this.#engine.stop();
  }

  async #up(): Promise<void> {
    await this.#engine.start();
    if (this.#context.faults.of('refuse').length === 0) await this.#gate.open();
    this.#stopped = false;
  }

  #admit(connection: Connection): void {
    for (const active of this.#context.faults.of('idle-cut')) void cutWhenIdle(this.#context, active, connection);
    this.#engine.serve(connection);
  }

  #faultChanged(active: ActiveFault, state: 'on' | 'off'): void {
    const { faults } = this.#context;
    if (active.fault.fault === 'refuse') this.#refuse();
    if (state === 'off') return;
    for (const each of faults.of('idle-cut')) {
      if (each !== active) continue;
      for (const connection of this.#gate.connections) void cutWhenIdle(this.#context, each, connection);
    }
    this.#engine.faultIsOn(active, this.#gate.connections);
  }

  #refuse(): void {
    if (this.#context.faults.of('refuse').length > 0) {
      this.#gate.close();
      return;
    }
    if (this.#stopped) return;
    this.#gate.open().catch((error: Error) => {
      this.#context.ledger.record('proxy', { kind: 'flag', what: error.message });
    });
  }

  #record(name: string, state: 'on' | 'off' | 'struck'): void {
    this.#context.ledger.record('proxy', { kind: 'fault', name, state });
  }
}
