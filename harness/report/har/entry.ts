import type { Content, Entry, Header as HarHeader, PostData } from 'har-format';
import { type BodyRecord, type Exchange, type Header, headerOf } from '../../ledger/index.ts';
import { splitUrl } from '../../url/index.ts';

/** What an entry needs to know besides its exchange. */
export interface EntryContext {
  /** The case's id, which is its page's. */
  readonly page: string;
  /** When the case's clock stood at zero, in milliseconds since the epoch. */
  readonly zero: number;
  readonly tls: boolean;
}

/** One request as one peer saw it. */
export function entryOf(exchange: Exchange, { page, zero, tls }: EntryContext): Entry {
  const answered = exchange.answered ?? exchange.ended;
  const ended = Math.max(exchange.ended ?? answered ?? exchange.arrived, answered ?? exchange.arrived);
  const wait = (answered ?? ended) - exchange.arrived;
  const receive = ended - exchange.arrived - wait;
  const timings = { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: milli(wait), receive: milli(receive) };
  const postData = postDataOf(exchange);
  return {
    pageref: page,
    startedDateTime: new Date(zero + exchange.arrived).toISOString(),
    time: milli(timings.wait + timings.receive),
    request: {
      method: exchange.method,
      url: urlOf(exchange, tls),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: exchange.headers.map(pair),
      queryString: queryOf(exchange),
      ...(postData ? { postData } : {}),
      headersSize: -1,
      bodySize: exchange.body?.bytes ?? 0,
    },
    response: {
      status: exchange.status ?? 0,
      statusText: exchange.reason ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: exchange.responseHeaders.map(pair),
      content: contentOf(exchange),
      redirectURL: headerOf(exchange.responseHeaders, 'location') ?? '',
      headersSize: -1,
      bodySize: exchange.responseBody?.bytes ?? 0,
    },
    cache: {},
    timings,
    connection: exchange.connection,
    comment: commentOf(exchange),
    _peer: exchange.peer,
    _evidence: exchange.evidence,
  } as Entry;
}

const milli = (ms: number): number => Math.round(ms * 1000) / 1000;

const pair = ([name, value]: Header): HarHeader => ({ name, value });

function urlOf(exchange: Exchange, tls: boolean): string {
  // A CONNECT names an authority only; viewers need a URL, so it gets the scheme of what goes through the tunnel.
  if (exchange.method === 'CONNECT') return `https://${exchange.target}/`;
  if (splitUrl(exchange.target).scheme !== undefined) return exchange.target;
  const host = headerOf(exchange.headers, 'host') ?? 'unknown.invalid';
  return `${tls ? 'https' : 'http'}://${host}${exchange.target.startsWith('/') ? '' : '/'}${exchange.target}`;
}

function queryOf({ target }: Exchange): HarHeader[] {
  const at = target.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(target.slice(at + 1))].map(([name, value]) => ({ name, value }));
}

function postDataOf({ body, headers }: Exchange): PostData | undefined {
  if (!body || body.bytes === 0) return undefined;
  const mimeType = headerOf(headers, 'content-type') ?? 'application/octet-stream';
  return { mimeType, text: body.text ?? '', ...comment(body) };
}

function contentOf({ responseBody: body, responseHeaders }: Exchange): Content {
  const mimeType = headerOf(responseHeaders, 'content-type') ?? 'x-unknown';
  if (!body) return { size: 0, mimeType };
  return { size: body.bytes, mimeType, ...(body.text === undefined ? {} : { text: body.text }), ...comment(body) };
}

function comment(body: BodyRecord): { comment?: string } {
  if (!body.complete) return { comment: `cut short after ${body.bytes} bytes` };
  return Buffer.byteLength(body.text ?? '') < body.bytes
    ? { comment: `only the beginning of ${body.bytes} bytes is kept` }
    : {};
}

function commentOf({ peer, method, target, via, status, madeBy, tunnel }: Exchange): string {
  const parts = [`seen by ${peer}, from ${via}`];
  if (method === 'CONNECT') parts.push(`CONNECT ${target}`);
  if (tunnel) parts.push(`tunnel: ${tunnel.bytesUp} bytes up, ${tunnel.bytesDown} bytes down`);
  if (status === undefined) parts.push('never answered');
  else if (peer === 'proxy' && madeBy === 'self') parts.push('answered by the proxy itself');
  return parts.join('; ');
}
