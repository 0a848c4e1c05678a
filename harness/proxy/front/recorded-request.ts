import { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { GuardedWriter } from '../faults/guarded-writer.ts';
import { StreamGuard } from '../faults/stream-guard.ts';
import { BoundedMeter } from './body-meter.ts';
import { Collector } from './collector.ts';
import type { Exchange } from './exchange.ts';

/** Whether a body follows the head (RFC 9112 section 6.3). */
export function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/**
 * A request whose body is measured when it is piped on, with the faults of that moment in between. It listens only from
 * then on, so that no byte is read before somebody takes it.
 */
export class RecordedRequest extends IncomingMessage {
  exchange: Exchange | undefined;

  override pipe<T extends NodeJS.WritableStream>(to: T, options?: { end?: boolean }): T {
    const { exchange } = this;
    if (!exchange || !hasBody(this.headers)) return super.pipe(to, options);
    this.#measure(exchange);
    if (!exchange.context.faults.any) return super.pipe(to, options);
    super.pipe(guarded(exchange, to as unknown as Writable), options);
    return to;
  }

  #measure(exchange: Exchange): void {
    const meter = new BoundedMeter();
    let recorded = false;
    const record = (complete: boolean): void => {
      if (recorded) return;
      recorded = true;
      exchange.recordBody('request-body', meter.record(complete));
    };
    this.on('data', (chunk: Buffer) => {
      meter.add(chunk);
      exchange.connection.touch();
    });
    this.once('end', () => record(true));
    this.once('close', () => record(false));
  }
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
  const writer = new GuardedWriter(guard, to);
  const buffering = faults.of('buffer-requests')[0];
  if (!buffering) return writer;
  faults.struck(buffering, exchange.line);
  return new Collector(writer);
}
