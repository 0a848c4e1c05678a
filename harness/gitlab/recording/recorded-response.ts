import { ServerResponse } from 'node:http';
import type { Connection } from '../../ledger/index.ts';
import { correlationId } from './correlation-id.ts';
import type { GitlabExchange } from './gitlab-exchange.ts';

interface Recorded {
  readonly exchange: GitlabExchange;
  readonly connection: Connection;
}

/** Not a WeakMap: the collector would go through its thousands of entries again and again. */
const RECORDED = Symbol('recorded');

/** The exchange an answer belongs to. @throws Error when the answer is not a recorded one */
export function exchangeOf(res: ServerResponse): GitlabExchange {
  const exchange = recordedOf(res)?.exchange;
  if (!exchange) throw new Error('This answer was not made by the mock GitLab, so it has no exchange to record.');
  return exchange;
}

/**
 * Has everything that is written to an answer recorded. The methods are set on the object itself, because express
 * gives the answer another prototype; they are shared, so that an open long poll costs no closure.
 */
export function recordResponse(res: ServerResponse, exchange: GitlabExchange, connection: Connection): void {
  res.sendDate = false;
  Object.assign(res, { [RECORDED]: { exchange, connection }, writeHead, write, end });
  res.on('close', onClose);
}

const recordedOf = (res: ServerResponse & { [RECORDED]?: Recorded }): Recorded | undefined => res[RECORDED];

function writeHead(this: ServerResponse, ...args: unknown[]): ServerResponse {
  const exchange = exchangeOf(this);
  // The world's time of day, not the machine's: a client may hold the two header values against each other.
  const date = dateHeader(exchange.clock.now());
  const headers = args.at(-1);
  if (Array.isArray(headers)) headers.push('Date', date);
  else this.setHeader('Date', date);
  if (Array.isArray(headers) && this.req.headers['x-request-id'] !== undefined) {
    headers.push('X-Request-Id', correlationId(exchange.clock.now()));
  }
  Reflect.apply(ServerResponse.prototype.writeHead, this, args);
  exchange.headWritten(this);
  return this;
}

function write(this: ServerResponse, ...args: unknown[]): boolean {
  meter(this, args);
  return Reflect.apply(ServerResponse.prototype.write, this, args) as boolean;
}

function end(this: ServerResponse, ...args: unknown[]): ServerResponse {
  meter(this, args);
  Reflect.apply(ServerResponse.prototype.end, this, args);
  return this;
}

function meter(res: ServerResponse, [chunk, encoding]: unknown[]): void {
  if (res.req.method === 'HEAD') return;
  if (typeof chunk === 'string') {
    exchangeOf(res).down(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
  } else if (chunk instanceof Uint8Array) exchangeOf(res).down(Buffer.from(chunk));
}

function onClose(this: ServerResponse): void {
  const known = recordedOf(this);
  if (!known) return;
  known.connection.unanswered -= 1;
  known.exchange.close(this.writableFinished);
}

let cachedSecond = Number.NaN;
let cachedDate = '';

function dateHeader(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== cachedSecond) {
    cachedSecond = second;
    cachedDate = new Date(second * 1000).toUTCString();
  }
  return cachedDate;
}
