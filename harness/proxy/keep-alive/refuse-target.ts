import type { ProxyExchange } from '../front/proxy-exchange.ts';
import { refusedTarget } from '../way-out.ts';

/** Refuses a request for what is none of the world's own origins, and lets the record say what was asked for. */
export function refuseTarget(exchange: ProxyExchange): void {
  const what = refusedTarget(exchange.line);
  exchange.odd(what);
  exchange.answer({ status: 403, body: { framing: 'length', text: `${what}\n` }, close: false });
}
