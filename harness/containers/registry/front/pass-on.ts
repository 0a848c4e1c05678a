import { type Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import type { PassedExchange } from './passed-exchange.ts';

/** Where requests go, and what the registry must be told of the way they came. */
export interface Behind {
  readonly socketPath: string;
  readonly agent: Agent;
  /** By which clients reach the front: the registry makes its URLs of it. */
  readonly scheme: 'http' | 'https';
}

/** Headers that are about one connection (RFC 9110 section 7.6.1), and what nobody but the front may say. */
const NOT_PASSED = /^(connection|keep-alive|proxy-connection|x-forwarded-proto)$/i;

/**
 * Passes a request on to the registry and its answer back, both as they come.
 * @param waits holds the body back until the registry says `100 Continue`
 */
export function passOn(exchange: PassedExchange, response: ServerResponse, behind: Behind, waits: boolean): void {
  const { request: incoming } = exchange;
  const onward = request({
    socketPath: behind.socketPath,
    agent: behind.agent,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    setHost: false,
    // Flat pairs keep order and spelling; Node takes them, though its types do not say so.
    headers: onwardHeaders(exchange, behind.scheme) as unknown as Record<string, string>,
  });
  incoming.on('data', (chunk: Buffer) => exchange.up(chunk));
  incoming.once('end', () => exchange.requestEnded(true));
  incoming.pause();
  if (waits) {
    onward.once('continue', () => {
      response.writeContinue();
      incoming.pipe(onward);
    });
    onward.flushHeaders();
  } else incoming.pipe(onward);

  onward.once('response', (answer) => passBack(exchange, answer, response));
  onward.once('error', (error) => {
    if (response.closed) return;
    exchange.flag(`The registry gave no answer: ${error.message}.`);
    if (response.headersSent) response.destroy();
    else answerInstead(exchange, response);
  });
  response.once('close', () => {
    exchange.closed(response.writableFinished);
    onward.destroy();
  });
}

function passBack(exchange: PassedExchange, answer: IncomingMessage, response: ServerResponse): void {
  if (response.closed) return void answer.destroy();
  const [status, reason] = [answer.statusCode ?? 502, answer.statusMessage ?? ''];
  const headers = passed(answer.rawHeaders);
  response.sendDate = false;
  response.writeHead(status, reason, headers);
  exchange.answered({ status, reason, headers });
  answer.on('data', (chunk: Buffer) => exchange.down(chunk));
  // A broken-off answer breaks off the client's too.
  pipeline(answer, response, () => {});
}

function answerInstead(exchange: PassedExchange, response: ServerResponse): void {
  const headers = ['Content-Length', '0', 'Connection', 'close'];
  response.writeHead(502, 'Bad Gateway', headers).end();
  exchange.answered({ status: 502, reason: 'Bad Gateway', headers });
}

function onwardHeaders({ request: { rawHeaders, method }, hasBody }: PassedExchange, scheme: string): string[] {
  const headers = passed(rawHeaders);
  // Without this Node would frame an absent body as a chunked one.
  const needsLength = !hasBody && !['GET', 'HEAD', 'DELETE'].includes(method ?? '');
  if (needsLength && !headers.some((name, at) => at % 2 === 0 && /^content-length$/i.test(name))) {
    headers.push('Content-Length', '0');
  }
  return [...headers, 'X-Forwarded-Proto', scheme];
}

function passed(raw: readonly string[]): string[] {
  const headers: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const [name = '', value = ''] = [raw[at], raw[at + 1]];
    if (!NOT_PASSED.test(name)) headers.push(name, value);
  }
  return headers;
}
