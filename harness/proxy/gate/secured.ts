import { type SecureContext, TLSSocket } from 'node:tls';
import type { ProxyContext } from '../front/context.ts';
import type { ClientConnection } from './client-connection.ts';

/** Speaks TLS with a client, and hands the connection on when the handshake is done. */
export function secured(
  { ledger }: ProxyContext,
  connection: ClientConnection,
  secureContext: SecureContext,
  done: (connection: ClientConnection) => void,
): void {
  const secure = new TLSSocket(connection.raw, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
  const failed = (error: Error): void => {
    ledger.record('proxy', {
      kind: 'flag',
      odd: true,
      what: `TLS between a client and the proxy failed on connection ${connection.id}: ${error.message}`,
    });
    secure.destroy();
    connection.raw.destroy();
  };
  secure.once('error', failed);
  secure.once('secure', () => {
    secure.off('error', failed);
    secure.on('error', () => {});
    secure.allowHalfOpen = true;
    connection.socket = secure;
    connection.touch();
    done(connection);
  });
}
