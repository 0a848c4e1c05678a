import type { IncomingMessage } from 'node:http';
import { type Header, headerPairs } from '../../ledger/index.ts';
import type { ActiveFault, Switchboard } from './switchboard.ts';

/**
 * Headers as the faults of the moment leave them.
 * @param detail completes "struck …"
 */
export function ruledHeaders(
  faults: Switchboard,
  of: 'request' | 'response',
  headers: readonly Header[],
  detail: string,
): readonly Header[] {
  let ruled = headers;
  for (const active of faults.of('headers')) if (active.fault.of === of) ruled = apply(faults, active, ruled, detail);
  return ruled;
}

/** Adds `Connection: close` where a fault says so for this status. */
export function closedOnStatus(
  faults: Switchboard,
  status: number,
  headers: readonly Header[],
  detail: string,
): readonly Header[] {
  const active = faults.of('close-on-status').find(({ fault }) => fault.statuses.includes(status));
  if (!active) return headers;
  faults.struck(active, `${status} ${detail}`);
  return [...headers.filter(([name]) => !/^connection$/i.test(name)), ['Connection', 'close']];
}

/** Applies the rules for requests to one that has come in, in place. */
export function ruleRequest(faults: Switchboard, request: IncomingMessage, detail: string): void {
  const rules = faults.of('headers').filter(({ fault }) => fault.of === 'request');
  if (rules.length === 0) return;
  const { headers } = request;
  const ruled = ruledHeaders(faults, 'request', headerPairs(request.rawHeaders), detail);
  request.rawHeaders.splice(0, request.rawHeaders.length, ...ruled.flat());
  for (const { fault } of rules) {
    for (const name of fault.strip ?? []) delete headers[name.toLowerCase()];
    for (const [name, value] of Object.entries(fault.rewrite ?? {})) {
      if (headers[name.toLowerCase()] !== undefined) headers[name.toLowerCase()] = value;
    }
  }
}

function apply(
  faults: Switchboard,
  active: ActiveFault<'headers'>,
  headers: readonly Header[],
  detail: string,
): readonly Header[] {
  const strip = new Set((active.fault.strip ?? []).map((name) => name.toLowerCase()));
  const rewrite = new Map(
    Object.entries(active.fault.rewrite ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const hit = headers.some(([name]) => strip.has(name.toLowerCase()) || rewrite.has(name.toLowerCase()));
  if (!hit) return headers;
  faults.struck(active, detail);
  return headers
    .filter(([name]) => !strip.has(name.toLowerCase()))
    .map(([name, value]) => [name, rewrite.get(name.toLowerCase()) ?? value]);
}
