import type { Exchange } from '../front/exchange.ts';
import type { OwnAnswer } from '../front/own-answer.ts';
import type { FaultTarget } from '../spec.ts';
import { breakOff } from './break-off.ts';
import { ruleRequest } from './header-rules.ts';

/** What a backend's own refusals look like. */
export interface AnswerStyle {
  /** Whether its answers leave the connection open when a fault does not say. */
  readonly keepsOpen: boolean;
  /** What goes with a 407. */
  challenge(): readonly (readonly [string, string])[];
}

const strikes = (on: FaultTarget | undefined, exchange: Exchange): boolean =>
  on === undefined || on === 'any' || on === (exchange.isConnect ? 'connect' : 'forward');

/**
 * Lets the faults of the moment strike a request that has just come in, before anybody looks at its credentials.
 * @returns whether the request is to go on
 */
export async function passRequestFaults(exchange: Exchange, style: AnswerStyle): Promise<boolean> {
  const { connection, context } = exchange;
  const { faults } = context;
  const standstill = faults.of('hang').find(({ fault }) => fault.when === undefined);
  if (standstill) {
    faults.end(standstill, connection, exchange.line);
    return false;
  }
  for (const active of faults.ending('on-request')) {
    faults.end(active, connection, exchange.line);
    return false;
  }
  const broken = breakOff(faults, 'on-request', connection, exchange.line);
  if (broken) return false;
  for (const active of faults.of('delay')) {
    if (!strikes(active.fault.on, exchange)) continue;
    faults.struck(active, exchange.line);
    if (!(await connection.wait(active.fault.ms))) return false;
  }
  const refusal = refusedByPolicy(exchange) ?? answeredByFault(exchange, style);
  if (refusal) {
    exchange.answer(refusal);
    return false;
  }
  ruleRequest(faults, exchange.request, exchange.line);
  return true;
}

function answeredByFault(exchange: Exchange, style: AnswerStyle): OwnAnswer | undefined {
  const { faults } = exchange.context;
  const active = faults.of('answer').find(({ fault }) => strikes(fault.on, exchange));
  if (!active) return undefined;
  const { status, reason, headers = [], body, connection } = active.fault;
  faults.struck(active, exchange.line);
  const challenged = headers.some(([name]) => /^proxy-authenticate$/i.test(name));
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    headers: status === 407 && !challenged ? [...style.challenge(), ...headers] : headers,
    ...(body ? { body } : {}),
    close: connection === undefined ? !style.keepsOpen : connection === 'close',
  };
}

function refusedByPolicy(exchange: Exchange): OwnAnswer | undefined {
  const { faults } = exchange.context;
  const { headers } = exchange.request;
  for (const active of faults.of('allow-only')) {
    const why = notAllowed(exchange, active.fault);
    if (!why) continue;
    faults.struck(active, `${exchange.line}: ${why}`);
    return refusal(403, `The proxy does not let this through: ${why}.\n`);
  }
  for (const active of faults.of('no-chunked')) {
    if (!/\bchunked\b/i.test(headers['transfer-encoding'] ?? '')) continue;
    faults.struck(active, exchange.line);
    return refusal(411, 'The proxy takes no request body without a Content-Length.\n');
  }
  for (const active of faults.of('body-limit')) {
    if (Number(headers['content-length'] ?? 0) <= active.fault.bytes) continue;
    faults.struck(active, exchange.line);
    return refusal(413, 'The request body is too large.\n');
  }
  return undefined;
}

function notAllowed(
  exchange: Exchange,
  allowed: { connectPorts?: readonly number[]; methods?: readonly string[]; hosts?: readonly string[] },
): string | undefined {
  const { host, port } = authorityOf(exchange);
  if (exchange.isConnect && allowed.connectPorts && !allowed.connectPorts.includes(port))
    return `CONNECT to port ${port}`;
  if (!exchange.isConnect && allowed.methods && !allowed.methods.includes(exchange.method)) return exchange.method;
  if (allowed.hosts && !allowed.hosts.some((each) => each.toLowerCase() === host)) return `host ${host}`;
  return undefined;
}

/** Where a request wants to go; an empty host when its target is malformed. */
export function authorityOf({ isConnect, target }: Exchange): { host: string; port: number } {
  try {
    const url = new URL(isConnect ? `connect://${target}` : target);
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    return { host: url.hostname.toLowerCase(), port };
  } catch {
    return { host: '', port: 0 };
  }
}

const refusal = (status: number, text: string): OwnAnswer => ({
  status,
  body: { framing: 'length', text },
  close: true,
});
