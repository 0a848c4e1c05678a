import type { ClientConnection } from '../gate/client-connection.ts';
import type { ProxyFault } from './fault.ts';

/** One time that a fault struck. */
export interface Strike {
  /** When, in milliseconds on the world's clock. */
  readonly atMs: number;
  /** What it struck: a connection as such, a forwarded request, or a CONNECT and its tunnel. */
  readonly target: 'connection' | 'forward' | 'connect';
  /** What exactly, as the record says it. */
  readonly detail: string;
}

/** A fault that is switched on. */
export interface ActiveFault {
  readonly fault: ProxyFault;
  /** What it has struck, oldest first. */
  readonly strikes: Strike[];
  /** Connections that hang because of it. */
  readonly hanging: Set<ClientConnection>;
}

/** Whether it has struck as often as it was to. */
export const isSpent = ({ fault, strikes }: ActiveFault): boolean => strikes.length >= (fault.spec.times ?? Infinity);
