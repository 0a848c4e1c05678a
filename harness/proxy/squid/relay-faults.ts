import { breakOff, strikeTunnel } from '../faults/break-off.ts';
import type { ProxyContext } from '../front/context.ts';
import type { Connection } from '../gate/connection.ts';
import type { RelayedExchange } from './relayed-exchange.ts';

/**
 * Lets the faults of the moment strike a request before squid sees it.
 * @returns whether the connection is done for
 */
export async function strikeRequest(
  { faults }: ProxyContext,
  connection: Connection,
  exchange: RelayedExchange,
): Promise<boolean> {
  if (!faults.any) return false;
  const [active] = faults.ending('on-request');
  if (active) {
    faults.end(active, connection, exchange.line);
    return true;
  }
  if (breakOff(faults, 'on-request', connection, exchange.line)) return true;
  for (const delay of faults.of('delay')) {
    const on = delay.fault.on ?? 'any';
    if (on !== 'any' && on !== (exchange.isConnect ? 'connect' : 'forward')) continue;
    faults.struck(delay, exchange.line);
    if (!(await connection.wait(delay.fault.ms))) return true;
  }
  return false;
}

/**
 * Lets the faults of the moment strike a tunnel that has just been opened.
 * @returns whether the connection is done for
 */
export function strikeOpened({ faults }: ProxyContext, connection: Connection, exchange: RelayedExchange): boolean {
  if (!faults.any) return false;
  const struck =
    faults.ending('after-connect').length > 0 ||
    [...faults.of('half-header'), ...faults.of('garbage')].some(({ fault }) => fault.when === 'after-connect');
  if (struck) void strikeTunnel(faults, connection, exchange.line);
  return struck;
}
