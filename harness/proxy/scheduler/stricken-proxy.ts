import type { ClientConnection } from '../gate/client-connection.ts';
import type { ProxyKind } from '../kind.ts';

/** What the scheduler needs of the proxy whose faults it has. */
export interface StrickenProxy {
  readonly kind: ProxyKind;
  readonly product: string;
  /** Those that are open. */
  readonly connections: Iterable<ClientConnection>;
  /** Closes the listener while a fault refuses connections, and opens it afterwards. */
  refuse(refusing: boolean): void;
}
