import type { ProxyExchange } from '../front/proxy-exchange.ts';
import type { WayOut } from '../way-out.ts';
import { refuseTarget } from './refuse-target.ts';

const ESTABLISHED = { status: 200, reason: 'Connection Established', headers: [] } as const;

/** Opens the tunnel that a CONNECT asks for (RFC 9110 section 9.3.6). */
export function openTunnel(exchange: ProxyExchange, wayOut: WayOut): void {
  const matched = /^(\[[0-9a-f:.]+\]|[^\s:/?#@[\]]+):(\d{1,5})$/i.exec(exchange.target);
  const [host = '', port] = [matched?.[1], Number(matched?.[2])];
  if (!matched || port < 1 || port > 65535) {
    refuse(exchange, 400, `The target "${exchange.target}" is no host with a port.`);
    return;
  }
  if (!wayOut.where(host, port)) {
    refuseTarget(exchange);
    return;
  }

  const client = exchange.connection.socket;
  const origin = wayOut.connect(host, port);
  const giveUp = (): void => {
    origin.destroy();
  };
  client.once('close', giveUp);
  origin.once('error', (error: NodeJS.ErrnoException) => {
    if (exchange.connection.tunnel) return client.destroy();
    client.off('close', giveUp);
    refuse(
      exchange,
      error.code === 'ETIMEDOUT' ? 504 : 502,
      `${exchange.target} could not be reached: ${error.message}.`,
    );
  });
  origin.once('connect', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (exchange.firstBytes.length > 0) client.unshift(exchange.firstBytes);
    client.pipe(origin);
    origin.pipe(client);
    origin.once('close', () => client.destroySoon());
    exchange.established(origin, ESTABLISHED);
  });
}

function refuse(exchange: ProxyExchange, status: number, text: string): void {
  exchange.answer({ status, body: { framing: 'length', text: `${text}\n` }, close: false });
}
