import type { Socket } from 'node:net';
import type { Fault, ProxyAuth, ProxyKind } from './spec.ts';

/** Switches a fault off again. */
export interface FaultHandle extends Disposable {
  off(): void;
}

/** A running forward proxy, as a scenario and the world see it. */
export interface ForwardProxy extends AsyncDisposable {
  readonly kind: ProxyKind;
  /** What a report calls it, such as `proxy-chain 3.0.1` or `squid 5.7`. */
  readonly product: string;
  /** The host by which the subject knows it. */
  readonly host: string;
  readonly port: number;
  readonly auth: ProxyAuth;
  /** Proxy URL with credentials, percent-encoded, as a user puts it into a variable. */
  readonly url: string;
  /** The same without credentials. */
  readonly urlWithoutCredentials: string;
  /** The PEM of the CA that `intercept-tls` signs with, or that signed the proxy's own certificate. */
  readonly caPem?: string;
  /** Makes the proxy misbehave from now on. @throws Error when this kind of proxy cannot do that */
  inject(fault: Fault): FaultHandle;
  /** Accepts only these credentials from now on; `undefined` accepts none (407 for ever). */
  setCredentials(auth: { user: string; password: string } | undefined): Promise<void>;
  /** Cuts every connection, refuses new ones, and comes back on the same port. */
  restart(): Promise<void>;
  /** Stops listening and cuts every connection, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Takes over a connection that came in by a door of the world rather than by its own listener. */
  accept(socket: Socket): void;
}
