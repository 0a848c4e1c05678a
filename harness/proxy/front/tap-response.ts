import type { ServerResponse } from 'node:http';
import { type Header, headerPairs } from '../../ledger/index.ts';
import { closedOnStatus, ruledHeaders } from '../faults/header-rules.ts';
import { StreamGuard, strikesStreams } from '../faults/stream-guard.ts';
import { BoundedMeter } from './body-meter.ts';
import type { Exchange } from './exchange.ts';
import { GuardedResponse } from './guarded-response.ts';
import { parseRawResponse } from './raw-head.ts';

type Loose<R> = (...args: unknown[]) => R;

/**
 * Records a response as it is written: its head as it stands on the wire, and its body's measure. The methods of this
 * one response are wrapped, which costs less than another stream and leaves backpressure alone.
 */
export function tapResponse(exchange: Exchange, response: ServerResponse): void {
  const { context, connection, id } = exchange;
  const meter = new BoundedMeter();
  let over = false;
  const finish = (complete: boolean): void => {
    if (over) return;
    over = true;
    if (response.headersSent) {
      context.ledger.record('proxy', { kind: 'response-body', exchange: id, ...meter.record(complete) });
    }
  };

  const writeHead = response.writeHead.bind(response) as Loose<ServerResponse>;
  const write = response.write.bind(response) as Loose<boolean>;
  const end = response.end.bind(response) as Loose<ServerResponse>;

  response.writeHead = ((...args: unknown[]) => {
    const passedOn = !exchange.ownAnswer && Array.isArray(args.at(-1));
    writeHead(...(context.faults.any ? ruled(exchange, args) : args));
    connection.keepWaiting();
    const head = headOnWire(response);
    if (head && !connection.hanging) exchange.recordResponse(head, passedOn ? 'origin' : 'self');
    return response;
  }) as ServerResponse['writeHead'];

  response.write = ((...args: unknown[]) => {
    count(meter, args);
    connection.touch();
    return write(...args);
  }) as ServerResponse['write'];

  response.end = ((...args: unknown[]) => {
    count(meter, args);
    connection.touch();
    const ended = end(...args);
    finish(true);
    return ended;
  }) as ServerResponse['end'];

  response.once('close', () => finish(false));
}

/** The response for a forwarder to write to. */
export function responseWriter(exchange: Exchange, response: ServerResponse): ServerResponse {
  const { faults } = exchange.context;
  if (!faults.anyOf(strikesStreams)) return response;
  const guard = new StreamGuard(faults, {
    connection: exchange.connection,
    direction: 'down',
    what: `of the answer to ${exchange.line}`,
    truncates: true,
  });
  return new GuardedResponse(guard, response) as unknown as ServerResponse;
}

function count(meter: BoundedMeter, [chunk, encoding]: unknown[]): void {
  if (typeof chunk === 'string') meter.add(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  else if (Buffer.isBuffer(chunk)) meter.add(chunk);
}

/** The arguments of writeHead as the faults of the moment leave them. */
function ruled(exchange: Exchange, args: unknown[]): unknown[] {
  const { faults } = exchange.context;
  const [status, second, third] = args;
  const given = typeof second === 'string' ? third : second;
  const headers = Array.isArray(given) ? headerPairs(given as string[]) : pairsOf(exchange.response, given);
  const changed = closedOnStatus(
    faults,
    Number(status),
    ruledHeaders(faults, 'response', headers, `the answer to ${exchange.line}`),
    `for ${exchange.line}`,
  );
  if (changed === headers) return args;
  for (const name of exchange.response?.getHeaderNames() ?? []) exchange.response?.removeHeader(name);
  return [status, ...(typeof second === 'string' ? [second] : []), changed.flat()];
}

function pairsOf(response: ServerResponse | undefined, given: unknown): Header[] {
  const set = Object.entries({ ...response?.getHeaders(), ...(given as Record<string, unknown> | undefined) });
  return set.flatMap(([name, value]) => [value].flat().map((each): Header => [name, String(each)]));
}

// Node has no public name for the head as it was put together, and only that shows what Node added to it.
function headOnWire(response: ServerResponse) {
  const { _header: text } = response as unknown as { readonly _header: string | null };
  return text ? parseRawResponse(text)?.head : undefined;
}
