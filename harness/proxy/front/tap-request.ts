import { Writable } from 'node:stream';
import { GuardedWriter } from '../faults/guarded-writer.ts';
import { StreamGuard } from '../faults/stream-guard.ts';
import { BoundedMeter } from './body-meter.ts';
import type { Exchange } from './exchange.ts';

type Pipe = (to: Writable, options?: { end?: boolean }) => Writable;

/** Whether a body follows the head (RFC 9112 section 6.3). */
export function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/**
 * Measures a request's body when it is piped on, and puts the faults of that moment in between. It listens only from
 * then on, so that no byte is read before somebody takes it.
 */
export function tapRequest(exchange: Exchange): void {
  const { request, context } = exchange;
  if (!hasBody(request.headers)) return;
  const pipe = request.pipe.bind(request) as Pipe;
  const tapped: Pipe = (to, options) => {
    const meter = new BoundedMeter();
    let recorded = false;
    const record = (complete: boolean): void => {
      if (recorded) return;
      recorded = true;
      context.ledger.record('proxy', { kind: 'request-body', exchange: exchange.id, ...meter.record(complete) });
    };
    request.on('data', (chunk: Buffer) => {
      meter.add(chunk);
      exchange.connection.touch();
    });
    request.once('end', () => record(true));
    request.once('close', () => record(false));
    pipe(context.faults.any ? guarded(exchange, to) : to, options);
    return to;
  };
  request.pipe = tapped as unknown as typeof request.pipe;
}

function guarded(exchange: Exchange, to: Writable): Writable {
  const { faults } = exchange.context;
  const guard = new StreamGuard(faults, {
    connection: exchange.connection,
    direction: 'up',
    what: `of the body of ${exchange.line}`,
    tooLarge: () => {
      exchange.answer({
        status: 413,
        body: { framing: 'length', text: 'The request body is too large.\n' },
        close: true,
      });
    },
  });
  const buffering = faults.of('buffer-requests')[0];
  if (!buffering) return new GuardedWriter(guard, to);
  faults.struck(buffering, exchange.line);
  return new Collector(new GuardedWriter(guard, to));
}

/** Passes nothing on before all of it is there. */
class Collector extends Writable {
  readonly #chunks: Buffer[] = [];
  readonly #to: Writable;

  constructor(to: Writable) {
    super();
    this.#to = to;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#to.end(Buffer.concat(this.#chunks));
    done();
  }
}
