import { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { BoundedMeter } from '../../ledger/index.ts';
import { GuardedWriter } from '../faults/guarded-writer.ts';
import { StreamGuard } from '../faults/stream-guard.ts';
import { Collector } from './collector.ts';
import type { Exchange } from './exchange.ts';

/** Whether a body follows the head (RFC 9112 section 6.3). */
export function hasBody(headers: NodeJS.Dict<string | string[]>): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/**
 * A request whose body is measured as it arrives, and passes the faults of the moment when it is piped on. Nothing
 * listens to it for that, so that no byte is read before somebody takes it.
 */
export class RecordedRequest extends IncomingMessage {
  #exchange: Exchange | undefined;
  #hasBody = false;
  #meter: BoundedMeter | undefined;

  /** Whose record it belongs to. */
  get exchange(): Exchange | undefined {
    return this.#exchange;
  }

  /** Says whose record it belongs to, before its body arrives. */
  recordAs(exchange: Exchange): void {
    this.#exchange = exchange;
    this.#hasBody = !exchange.isConnect && hasBody(this.headers);
    if (this.#hasBody) this.#meter = new BoundedMeter();
  }

  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    if (chunk === null) this.finish(true);
    else {
      this.#meter?.add(chunk);
      this.#exchange?.connection.touch();
    }
    return super.push(chunk, encoding);
  }

  override pipe<T extends NodeJS.WritableStream>(to: T, options?: { end?: boolean }): T {
    if (!this.#hasBody || !this.#exchange?.context.faults.any) return super.pipe(to, options);
    super.pipe(guarded(this.#exchange, to as unknown as Writable), options);
    return to;
  }

  /** Records the body, once. @param complete whether it ended as its framing said it would */
  finish(complete: boolean): void {
    const meter = this.#meter;
    if (!meter) return;
    this.#meter = undefined;
    this.#exchange?.recordBody('request-body', meter.record(complete));
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
