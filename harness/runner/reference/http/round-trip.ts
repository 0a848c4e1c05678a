import { closeSync, openSync, writeFileSync } from 'node:fs';
import { type Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { finished } from 'node:stream/promises';
import type { Clock } from '../../../clock/index.ts';
import { headerPairs } from '../../../ledger/index.ts';
import type { TimeLimits } from '../policies/proxy-policy.ts';
import { roundTripMessage, TransportError } from './errors.ts';
import { within } from './limit.ts';
import type { CallBody, HttpAnswer, SavedTo } from './message.ts';
import type { Route } from './routes.ts';

/** One request on the wire. */
export interface Outgoing {
  readonly route: Route;
  readonly method: string;
  /** The request target: origin-form, or absolute-form for a proxy that forwards. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: CallBody | undefined;
  readonly saveTo?: SavedTo | undefined;
}

/**
 * Sends one request and reads its answer to the end.
 * @throws TransportError when there is none, or the signal's reason
 */
export async function roundTrip(
  agent: Agent,
  clock: Clock,
  outgoing: Outgoing,
  limits: Pick<TimeLimits, 'headerMs' | 'wholeMs'>,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  // A turn for connections whose end is already here, so that none of them is used again.
  await new Promise(setImmediate);
  signal.throwIfAborted();
  const options = { agent, method: outgoing.method, path: outgoing.target, headers: { ...outgoing.headers } };
  const request = httpRequest(Object.assign(options, { route: outgoing.route, abort: signal }));
  const abandon = (): void => void request.destroy(new Error('context canceled'));
  signal.addEventListener('abort', abandon, { once: true });
  try {
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      request.once('response', resolve);
      request.on('error', reject);
      request.once('close', () => reject(new Error('socket hang up')));
    });
    answered.catch(() => {});
    const connected = new Promise((resolve) => request.once('socket', resolve));
    write(request, outgoing.body);
    // As in Go: what opens a connection has limits of its own, and this one is for what comes after.
    await Promise.race([connected, answered]);
    const response = await within(clock, limits.headerMs, answered, {
      tooLate: () => new Error('net/http: timeout awaiting response headers'),
      signal,
    });
    return await within(clock, limits.wholeMs, read(response, outgoing.saveTo), {
      tooLate: () => new Error('context deadline exceeded (Client.Timeout exceeded while reading body)'),
      signal,
    });
  } catch (error) {
    request.destroy();
    if (signal.aborted || error instanceof TransportError) throw error;
    throw new TransportError('round-trip', roundTripMessage(error), { cause: error });
  } finally {
    signal.removeEventListener('abort', abandon);
    // An answer that came before the whole request ends it, as in Go.
    if (!request.writableFinished) request.destroy();
  }
}

function write(request: ClientRequest, body: CallBody | undefined): void {
  request.removeHeader('Connection');
  if (!body) {
    request.end();
  } else if ('bytes' in body) {
    request.setHeader('Content-Length', body.bytes.length);
    request.end(body.bytes);
  } else {
    const source = body.open();
    request.setHeader('Transfer-Encoding', 'chunked');
    request.once('close', () => source.destroy());
    source.once('error', (error) => request.destroy(error));
    source.pipe(request);
  }
}

async function read(response: IncomingMessage, saveTo: SavedTo | undefined): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  if (saveTo !== undefined && response.statusCode === 200) {
    await save(response, saveTo);
  } else {
    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  }
  if (!response.complete) throw new TransportError('round-trip', 'unexpected EOF');
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: headerPairs(response.rawHeaders),
    body: Buffer.concat(chunks),
    closes: /\bclose\b/i.test(response.headers.connection ?? ''),
  };
}

/** Keeps what has come, however the answer ends: a stream would drop what it has not written by then. */
async function save(response: IncomingMessage, { path, anew }: SavedTo): Promise<void> {
  const file = openSync(path, anew ? 'w' : 'a');
  try {
    response.on('data', (chunk: Buffer) => writeFileSync(file, chunk));
    await finished(response);
  } finally {
    closeSync(file);
  }
}
