import type { Authentication } from '../auth/authentication.ts';
import type { Dialer } from '../dialer.ts';
import type { Backend } from '../front/backend.ts';
import type { Exchange } from '../front/exchange.ts';
import type { Intercept } from '../intercept.ts';
import { forward } from './forward.ts';
import { openTunnel } from './tunnel.ts';

/** The work of our own proxy: its answers leave the connection open, so that several steps of authentication fit in. */
export function keepAliveBackend(options: {
  readonly authentication: Authentication;
  readonly dialer: Dialer;
  readonly intercept: Intercept;
  /** Told when a tunnel stands. */
  readonly stood: (exchange: Exchange) => void;
}): Backend {
  const { authentication, dialer, intercept, stood } = options;
  return {
    product: 'proxyproof keep-alive',
    keepsOpen: true,
    challenge: () => authentication.challenge(),
    admits: (exchange) => authentication.admits(exchange),
    forward: (exchange) => {
      if (authentication.admits(exchange)) forward(exchange, dialer, { headers: authentication.persistence });
    },
    tunnel: (exchange) => {
      if (!authentication.admits(exchange)) return;
      if (intercept.wanted(exchange)) intercept.open(exchange);
      else openTunnel(exchange, dialer, stood);
    },
    [Symbol.dispose]: () => {},
  };
}
