import { type Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { endToEnd, type Header, hasBody, headerPairs, type RecordedExchange } from '../../../ledger/index.ts';

/** Where requests go, and what the registry must be told of the way they came. */
export interface Behind {
  readonly socketPath: string;
  readonly agent: Agent;
  /** By which clients reach the front: the registry makes its URLs of it. */
  readonly scheme: 'http' | 'https';
}

/**
 * Passes a request on to the registry and its answer back, both as they come.
 * @param waits holds the body back until the registry says `100 Continue`
 */
export function passOn(
  exchange: RecordedExchange,
  incoming: IncomingMessage,
  response: ServerResponse,
  behind: Behind,
  waits: boolean,
): void {
  const onward = request({
    socketPath: behind.socketPath,
    agent: behind.agent,
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    setHost: false,
    // Flat pairs keep order and spelling; Node takes them, though its types do not say so.
    headers: onwardHeaders(incoming, behind.scheme).flat() as unknown as Record<string, string>,
  });
  incoming.on('data', (chunk: Buffer) => exchange.up(chunk));
  incoming.once('end', () => exchange.upEnded(true));
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
    exchange.odd(`The registry gave no answer: ${error.message}.`);
    if (response.headersSent) response.destroy();
    else answerInstead(exchange, response);
  });
  response.once('close', () => {
    exchange.upEnded(false);
    exchange.downEnded(response.writableFinished);
    onward.destroy();
  });
}

function passBack(exchange: RecordedExchange, answer: IncomingMessage, response: ServerResponse): void {
  if (response.closed) return void answer.destroy();
  const [status, reason] = [answer.statusCode ?? 502, answer.statusMessage ?? ''];
  const headers = passed(answer.rawHeaders);
  response.sendDate = false;
  response.writeHead(status, reason, headers.flat());
  exchange.answerBegun({ status, reason, headers }, 'self');
  answer.on('data', (chunk: Buffer) => exchange.down(chunk));
  // A broken-off answer breaks off the client's too.
  pipeline(answer, response, () => {});
}

function answerInstead(exchange: RecordedExchange, response: ServerResponse): void {
  const head = {
    status: 502,
    reason: 'Bad Gateway',
    headers: [
      ['Content-Length', '0'],
      ['Connection', 'close'],
    ],
  } as const;
  response.writeHead(head.status, head.reason, head.headers.flat()).end();
  exchange.answerBegun(head, 'self');
}

function onwardHeaders({ rawHeaders, headers, method }: IncomingMessage, scheme: string): Header[] {
  // Nobody but the front may say how a client reached it.
  const onward = passed(rawHeaders).filter(([name]) => !/^x-forwarded-proto$/i.test(name));
  // Without this Node would frame an absent body as a chunked one.
  const needsLength = !hasBody(headers) && !['GET', 'HEAD', 'DELETE'].includes(method ?? '');
  if (needsLength && headers['content-length'] === undefined) onward.push(['Content-Length', '0']);
  return [...onward, ['X-Forwarded-Proto', scheme]];
}

/** What is passed on: a message is framed on both sides alike. */
function passed(rawHeaders: readonly string[]): Header[] {
  const framing = headerPairs(rawHeaders).filter(([name]) => /^transfer-encoding$/i.test(name));
  return [...endToEnd(rawHeaders), ...framing];
}
