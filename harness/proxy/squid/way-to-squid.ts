import type { Socket } from 'node:net';
import type { ClientConnection } from '../gate/client-connection.ts';

/** The way from a relay to squid. */
export interface WayToSquid {
  /** Changes with the squid that connections go to. */
  readonly generation: number;
  /** Connects to the squid of the moment. @throws Error when there is none */
  dial(connection: ClientConnection): Promise<Socket>;
  /** Tells squid of an origin before it is asked for it. */
  know(host: string, port: number): Promise<void>;
  /** Whether an origin of the world is there. */
  isOrigin(host: string, port: number): boolean;
}
