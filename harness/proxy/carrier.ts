import type { ClientConnection } from './gate/client-connection.ts';
import type { Kerberos } from './handle.ts';

/** What does a proxy's work behind its gate. */
export interface Carrier extends AsyncDisposable {
  readonly product: string;
  /** For one that asks for Negotiate. */
  readonly kerberos?: Kerberos | undefined;
  /** Takes over a client that the gate has let in. */
  serve(connection: ClientConnection): void;
  /** Told when other credentials are right; resolves when they are. */
  credentialsChanged(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}
