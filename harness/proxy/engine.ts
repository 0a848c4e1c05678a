import type { ActiveFault } from './faults/switchboard.ts';
import type { Connection } from './gate/connection.ts';
import type { Kerberos } from './handle.ts';
import type { Fault } from './spec.ts';

/** What does a proxy's work behind its gate. */
export interface Engine extends AsyncDisposable {
  readonly product: string;
  /** For one that asks for Negotiate. */
  readonly kerberos?: Kerberos | undefined;
  /** Takes over a client that the gate has let in. */
  serve(connection: Connection): void;
  /** Undefined when it can misbehave so; otherwise why not, as a sentence. */
  cannot(fault: Fault): string | undefined;
  /** Told of each fault that is switched on, for the sake of connections that are open already. */
  faultIsOn(active: ActiveFault, open: Iterable<Connection>): void;
  /** Told when other credentials are right; resolves when they are. */
  credentialsChanged(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}
