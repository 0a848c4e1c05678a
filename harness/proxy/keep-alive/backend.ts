import type { Authentication } from '../auth/authentication.ts';
import type { Backend } from '../front/backend.ts';
import type { OpenedTunnels } from '../interception/opened-tunnels.ts';
import type { WayOut } from '../way-out.ts';
import { forward } from './forward.ts';
import { openTunnel } from './tunnel.ts';

/** The work of our own proxy: its answers leave the connection open, so that several steps of authentication fit in. */
export function keepAliveBackend(options: {
  readonly authentication: Authentication;
  readonly wayOut: WayOut;
  readonly opened: OpenedTunnels | undefined;
}): Backend {
  const { authentication, wayOut, opened } = options;
  return {
    product: 'proxyproof keep-alive',
    keepsOpen: true,
    challenge: () => authentication.challenge(),
    admits: (exchange) => authentication.admits(exchange),
    forward: (exchange) => {
      if (authentication.admits(exchange)) forward(exchange, wayOut, { headers: authentication.persistence });
    },
    tunnel: (exchange) => {
      if (!authentication.admits(exchange)) return;
      if (opened?.wanted(exchange)) opened.open(exchange);
      else openTunnel(exchange, wayOut);
    },
    [Symbol.dispose]: () => {},
  };
}
