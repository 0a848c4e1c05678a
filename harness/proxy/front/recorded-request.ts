import { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import { GuardedWriter } from '../scheduler/guarded-writer.ts';
import { StreamGuard } from '../scheduler/stream-guard.ts';
import type { Recording } from './recording.ts';

/**
 * A request whose body is measured as it arrives, and passes the faults of the moment when it is piped on. Nothing
 * listens to it for that, so that no byte is read before somebody takes it.
 */
export class RecordedRequest extends IncomingMessage {
  #exchange: Recording | undefined;

  /** Whose record it belongs to. */
  get exchange(): Recording | undefined {
    return this.#exchange;
  }

  /** Says whose record it belongs to, before its body arrives. */
  recordAs(exchange: Recording): void {
    this.#exchange = exchange;
  }

  override push(chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    const exchange = this.#exchange;
    if (chunk === null) exchange?.upEnded(true);
    else {
      exchange?.up(chunk);
      exchange?.connection.touch();
    }
    return super.push(chunk, encoding);
  }

  override pipe<T extends NodeJS.WritableStream>(to: T, options?: { end?: boolean }): T {
    if (!this.#exchange?.hasBody || !this.#exchange.context.faults.has('stream')) return super.pipe(to, options);
    super.pipe(guarded(this.#exchange, to as unknown as Writable), options);
    return to;
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
