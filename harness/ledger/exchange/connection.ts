import type { Socket } from 'node:net';
import type { Peer, Via } from '../event.ts';
import type { Ledger } from '../ledger.ts';
import { ConnectionEnded, ConnectionSeen } from './seen-connection.ts';

/** A connection to be recorded. */
export interface ConnectionOptions {
  readonly ledger: Ledger;
  readonly peer: Peer;
  /** Names it on this peer. */
  readonly id: string;
  readonly via: Via;
  /** The TCP connection, below TLS if there is any. */
  readonly raw: Socket;
  /** Host and port by which the client knows the peer. */
  readonly to: string;
  readonly tls: boolean;
}

/** One connection of a client to a peer; its beginning and its end are recorded. */
export class Connection {
  readonly id: string;
  readonly via: Via;
  /** The TCP connection, below TLS if there is any. */
  readonly raw: Socket;
  /** How many requests came by it. */
  requests = 0;
  /** How many of them have no answer yet. */
  unanswered = 0;

  constructor({ ledger, peer, id, via, raw, to, tls }: ConnectionOptions) {
    this.id = id;
    this.via = via;
    this.raw = raw;
    const from = raw.remoteAddress ? `${raw.remoteAddress}:${raw.remotePort}` : 'a local socket';
    ledger.record(peer, new ConnectionSeen(id, via, from, to, tls));
    raw.once('close', () => {
      this.closed();
      ledger.record(peer, new ConnectionEnded(id, raw.bytesRead, raw.bytesWritten));
    });
  }

  /** Called when it has closed, before that is recorded. */
  protected closed(): void {}
}
