import { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { BoundedMeter } from '../../ledger/index.ts';
import { GuardedWriter } from '../scheduler/guarded-writer.ts';
import { StreamGuard } from '../scheduler/stream-guard.ts';
import type { Recording } from './recording.ts';

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
  #exchange: Recording | undefined;
  #hasBody = false;
  #meter: BoundedMeter | undefined;

  /** Whose record it belongs to. */
  get exchange(): Recording | undefined {
    return this.#exchange;
  }

  /** Says whose record it belongs to, before its body arrives. */
  recordAs(exchange: Recording): void {
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
    if (!this.#hasBody || !this.#exchange?.context.faults.has('stream')) return super.pipe(to, options);
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

function guarded(exchange: Recording, to: Writable): Writable {
  const guard = new StreamGuard(exchange.context.faults, {
    connection: exchange.connection,
    direction: 'up',
    of: 'request',
    what: `the body of ${exchange.line}`,
    answer: (answer) => exchange.refuse(answer),
  });
  return new GuardedWriter(guard, to);
}
