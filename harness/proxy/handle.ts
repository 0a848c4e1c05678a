import type { Socket } from 'node:net';
import type { ProxyKind } from './kind.ts';
import type { Fault, FaultOf } from './scheduler/catalogue.ts';
import type { FaultHandle } from './scheduler/fault-handle.ts';
import type { ProxyAuth } from './spec.ts';

/** What the clients of a proxy that asks for Negotiate need: its Kerberos realm (RFC 4120, RFC 4559). */
export interface Kerberos {
  /** Such as `CORP.TEST`. */
  readonly realm: string;
  /** The user whom the proxy lets in, such as `alice@CORP.TEST`. */
  readonly principal: string;
  /** The proxy's own principal, such as `HTTP/proxy.test@CORP.TEST`. */
  readonly service: string;
  /** The KDC's port, by TCP, of loopback, and of `kdc.test` where the world has names. */
  readonly port: number;
  /** The text of krb5.conf for a subject: KRB5_CONFIG names the file with it. */
  readonly configuration: string;
  /**
   * A file with the user's keys of now, for `kinit -k -t`, and for KRB5_CLIENT_KTNAME, with which GSSAPI gets its
   * tickets by itself.
   */
  readonly keytab: string;
  /**
   * Adds a user whom the KDC knows, and the proxy does not let in; or gives one another password.
   * @param name letters, digits, dot, hyphen and underscore
   * @returns the path of a keytab of theirs
   */
  addUser(name: string, password: string): Promise<string>;
  /** Takes over a connection to the KDC that came in by a door of the world. */
  accept(socket: Socket): void;
}

/** What the clients of a proxy that opens TLS must trust. */
export interface InterceptorHandle {
  /** The PEM of the CA that signs the certificates which clients are shown now. */
  readonly caPem: string;
  /** Signs with another CA from now on, as when the old one is at its end; connections that are open stay. */
  renew(): Promise<void>;
}

/** A running forward proxy, as a scenario and the world see it. */
export interface ForwardProxy extends AsyncDisposable {
  readonly kind: ProxyKind;
  /** What a report calls it, such as `proxy-chain 3.0.1` or `squid 5.7`. */
  readonly product: string;
  /** The host by which the subject knows it. */
  readonly host: string;
  readonly port: number;
  /** Whether it takes connections now: not while it is stopped, or refuses them. */
  readonly listening: boolean;
  readonly auth: ProxyAuth;
  /** Proxy URL with credentials, percent-encoded, as a user puts it into a variable. */
  readonly url: string;
  /** The same without credentials. */
  readonly urlWithoutCredentials: string;
  /** The PEM of the CA that signed the proxy's own certificate, for one that speaks TLS. */
  readonly caPem?: string;
  /** For a proxy that opens TLS. */
  readonly interceptor?: InterceptorHandle;
  /** For a proxy that asks for Negotiate. */
  readonly kerberos?: Kerberos;
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

/** A proxy whose kind is known: what it cannot do wrong does not compile. */
export interface ForwardProxyOf<K extends ProxyKind> extends Omit<ForwardProxy, 'kind' | 'inject'> {
  readonly kind: K;
  inject(fault: FaultOf<K>): FaultHandle;
}
