import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { endToEnd, type Header, hasBody } from '../../ledger/index.ts';
import { flat, type ProxyExchange } from '../front/proxy-exchange.ts';
import { withSoundReason } from '../grammar/index.ts';
import { refuseUpgrade, type WayOut } from '../way-out.ts';
import { refuseTarget } from './refuse-target.ts';

/** What the proxy calls itself in `Via` (RFC 9110 section 7.6.3). */
const VIA: Header = ['Via', '1.1 proxyproof'];

/** Passes a request on to its origin and the answer back, both as they come. */
export function forward(
  exchange: ProxyExchange,
  wayOut: WayOut,
  options: {
    /** Leaves the answer to `Expect: 100-continue` to the origin. */
    readonly awaitContinue?: boolean;
    /** The request came out of a tunnel that was opened, so its target may be https. `trusts` is the PEM of the origins' CA. */
    readonly opened?: { readonly trusts: string };
    /** What the answer says besides, whoever made it. */
    readonly headers?: readonly Header[];
  } = {},
): void {
  const { request } = exchange;
  const url = parse(exchange.target);
  if (!url || !(url.protocol === 'http:' || (options.opened && url.protocol === 'https:'))) {
    refuse(exchange, 400, `The target "${exchange.target}" is no absolute http URL.`);
    return;
  }
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  if (!wayOut.where(url.hostname, port)) {
    refuseTarget(exchange);
    return;
  }

  const onward = httpRequest({
    method: exchange.method,
    // The path as the client wrote it: parsing a URL would tidy it up.
    path: exchange.target.replace(/^[a-z]+:\/\/[^/?#]*/i, '').replace(/^(?!\/)/, '/'),
    setHost: false,
    headers: flat(onwardHeaders(exchange, url.host)) as unknown as Record<string, string>,
    createConnection: () => open(wayOut, url, port, options.opened?.trusts),
  });
  const give = (): void => {
    request.pipe(onward);
  };
  if (options.awaitContinue) {
    onward.once('continue', () => {
      exchange.response?.writeContinue();
      give();
    });
    onward.flushHeaders();
  } else give();

  refuseUpgrade(onward);
  onward.once('response', (answer) => passBack(exchange, answer, options.headers ?? []));
  onward.once('error', (error: NodeJS.ErrnoException) => failed(exchange, error));
  exchange.response?.once('close', () => onward.destroy());
}

function passBack(exchange: ProxyExchange, answer: IncomingMessage, besides: readonly Header[]): void {
  if (!exchange.response || exchange.response.headersSent) return void answer.destroy();
  const status = answer.statusCode ?? 0;
  if (status < 100) {
    answer.destroy();
    refuse(exchange, 502, `The origin of ${exchange.target} answered with the status ${status}, which there is not.`);
    return;
  }
  withSoundReason(answer);
  const writer = exchange.writer();
  writer.writeHead(status, answer.statusMessage ?? '', flat([...endToEnd(answer.rawHeaders), VIA, ...besides]));
  // A broken-off answer breaks off the client's too: pipeline destroys it.
  pipeline(answer, writer, () => {});
}

function onwardHeaders(exchange: ProxyExchange, host: string): Header[] {
  const { request } = exchange;
  // RFC 9112 section 3.2.2: the target's host wins over whatever Host the client sent.
  const headers: Header[] = [['Host', host], ...endToEnd(request.rawHeaders).filter(([name]) => !/^host$/i.test(name))];
  const chunked = request.headers['transfer-encoding'] !== undefined;
  if (chunked) {
    return [
      ...headers.filter(([name]) => !/^content-length$/i.test(name)),
      ['Transfer-Encoding', 'chunked'],
      VIA,
      CLOSE,
    ];
  }
  // Without this Node would frame an absent body as a chunked one.
  const absent = !hasBody(request.headers) && request.headers['content-length'] === undefined;
  const needsLength = absent && !['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(exchange.method);
  return [...headers, ...(needsLength ? [['Content-Length', '0'] as const] : []), VIA, CLOSE];
}

/** A new connection for each request: none can have gone stale. */
const CLOSE: Header = ['Connection', 'close'];

function open(wayOut: WayOut, url: URL, port: number, ca: string | undefined): Socket {
  const socket = wayOut.connect(url.hostname, port);
  if (ca === undefined) return socket;
  return tlsConnect({ socket, servername: url.hostname, ca });
}

function failed(exchange: ProxyExchange, error: NodeJS.ErrnoException): void {
  if (!exchange.response || exchange.response.destroyed) return;
  if (exchange.response.headersSent) return void exchange.response.destroy();
  const status = error.code === 'ETIMEDOUT' ? 504 : 502;
  refuse(exchange, status, `The origin of ${exchange.target} could not be reached: ${error.message}.`);
}

function refuse(exchange: ProxyExchange, status: number, text: string): void {
  exchange.answer({ status, body: { framing: 'length', text: `${text}\n` }, close: false });
}

function parse(target: string): URL | undefined {
  return URL.canParse(target) ? new URL(target) : undefined;
}
