import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type Header, headerPairs, headOnWire } from '../../ledger/index.ts';
import { StreamGuard } from '../scheduler/stream-guard.ts';
import { GuardedResponse } from './guarded-response.ts';
import type { Recording } from './recording.ts';

/** A response that is recorded as it is written: its head as it stands on the wire, and its body's measure. */
export class RecordedResponse<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
  #exchange: Recording | undefined;

  /** Says whose record it belongs to, before anything is written. */
  recordAs(exchange: Recording): void {
    this.#exchange = exchange;
  }

  override writeHead(status: number, second?: unknown, third?: unknown): this {
    const exchange = this.#exchange;
    if (!exchange) return super.writeHead(status, second as string, third as OutgoingHttpHeaders);
    const { connection, context } = exchange;
    const passedOn = !exchange.ownAnswer && (Array.isArray(second) || Array.isArray(third));
    const headers = context.faults.any ? this.#ruled(exchange, status, second, third) : undefined;
    if (headers && typeof second === 'string') super.writeHead(status, second, headers.flat());
    else if (headers) super.writeHead(status, headers.flat());
    else super.writeHead(status, second as string, third as OutgoingHttpHeaders);
    connection.keepWaiting();
    connection.touch();
    const head = headOnWire(this);
    if (head === undefined || connection.hanging) exchange.answerWithheld();
    else exchange.answerBegun(head, passedOn ? 'origin' : 'self');
    return this;
  }

  override write(chunk: unknown, second?: unknown, third?: unknown): boolean {
    this.#count(chunk, second);
    return super.write(chunk, second as BufferEncoding, third as () => void);
  }

  override end(chunk?: unknown, second?: unknown, third?: unknown): this {
    this.#count(chunk, second);
    super.end(chunk, second as BufferEncoding, third as () => void);
    this.#exchange?.downEnded(true);
    return this;
  }

  /** What a forwarder writes to: this, or a guard before it when a fault of the moment needs one. */
  writer(): ServerResponse {
    const exchange = this.#exchange;
    if (!exchange?.context.faults.has('stream')) return this;
    const guard = new StreamGuard(exchange.context.faults, {
      connection: exchange.connection,
      direction: 'down',
      of: 'response',
      what: `the answer to ${exchange.line}`,
    });
    return new GuardedResponse(guard, this) as unknown as ServerResponse;
  }

  #count(chunk: unknown, encoding: unknown): void {
    const exchange = this.#exchange;
    if (!exchange) return;
    if (typeof chunk === 'string')
      exchange.down(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8');
    else if (Buffer.isBuffer(chunk)) exchange.down(chunk);
    else return;
    exchange.connection.touch();
  }

  /** The headers as the faults of the moment leave them; undefined when they leave them alone. */
  #ruled(exchange: Recording, status: number, second: unknown, third: unknown): readonly Header[] | undefined {
    const { faults } = exchange.context;
    const given = typeof second === 'string' ? third : second;
    const headers = Array.isArray(given) ? headerPairs(given as string[]) : this.#pairs(given);
    const { isConnect, line } = exchange;
    const changed = faults.response({ status, headers, isConnect, line });
    if (changed === headers) return undefined;
    for (const name of this.getHeaderNames()) this.removeHeader(name);
    return changed;
  }

  #pairs(given: unknown): Header[] {
    const set = Object.entries({ ...this.getHeaders(), ...(given as Record<string, unknown> | undefined) });
    return set.flatMap(([name, value]) => [value].flat().map((each): Header => [name, String(each)]));
  }
}
