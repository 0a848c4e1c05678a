import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { Clock } from '../../clock/index.ts';
import {
  BodyMeter,
  type BodyRecord,
  bodyRecord,
  type Ledger,
  type PlannedAnswer,
  type RequestKind,
} from '../../ledger/index.ts';

/** How reading a request's body ended: `cut` means that the client went away. */
export type BodyEnd = 'whole' | 'too-large' | 'cut';

/** How much of a body is read, in bytes, only to be able to answer; beyond it the connection is closed. */
const DRAIN_LIMIT = 256 * 1024 * 1024;

const NO_BODY = Buffer.alloc(0);
const NOTHING = bodyRecord(NO_BODY);

/** One request and its answer, recorded as they go by. */
export class Exchange {
  readonly id: string;
  readonly connection: string;
  readonly kind: RequestKind;
  /** The path asked for, without query. */
  readonly path: string;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** The whole body, once `readBody` has got it. */
  body: Buffer = NO_BODY;
  /** Recorded with the answer, when a plan made it. */
  planned: PlannedAnswer | undefined;

  readonly #req: IncomingMessage;
  readonly #expectsBody: boolean;
  #bodyRecorded = false;
  #requestMeter: BodyMeter | undefined;
  #responseMeter: BodyMeter | undefined;
  #answered = false;

  constructor(
    of: { id: string; connection: string; kind: RequestKind; path: string; ledger: Ledger; clock: Clock },
    req: IncomingMessage,
  ) {
    this.id = of.id;
    this.connection = of.connection;
    this.kind = of.kind;
    this.path = of.path;
    this.ledger = of.ledger;
    this.clock = of.clock;
    this.#req = req;
    const { headers, method } = req;
    this.#expectsBody =
      headers['content-length'] !== undefined ||
      headers['transfer-encoding'] !== undefined ||
      (method !== 'GET' && method !== 'HEAD');
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** Whether the client went away in the middle of its request. */
  get clientLeft(): boolean {
    return this.#req.destroyed && !this.#req.complete;
  }

  /** Says that this request is something nobody planned for. */
  flag(what: string): void {
    this.ledger.record('gitlab', { kind: 'flag', what, exchange: this.id });
  }

  /**
   * Reads and records the request's body.
   * @param keep how many bytes to keep in `body`; what is beyond it is read, measured and dropped
   */
  readBody(keep: number): Promise<BodyEnd> {
    const req = this.#req;
    if (!this.#expectsBody || this.#bodyRecorded) {
      req.resume();
      return Promise.resolve('whole');
    }
    return new Promise((resolve) => {
      let chunks: Buffer[] = [];
      let bytes = 0;
      let over = false;
      const end = (how: BodyEnd): void => {
        req.off('data', onData).off('end', onEnd).off('close', onClose);
        chunks = [];
        resolve(how);
      };
      const onData = (chunk: Buffer): void => {
        bytes += chunk.length;
        // A body that is kept is digested in one go at its end; what is not is digested as it goes by.
        if (bytes > keep) {
          over = true;
          for (const kept of chunks) this.#meterRequest(kept);
          chunks = [];
          this.#meterRequest(chunk);
        } else chunks.push(chunk);
        if (bytes > DRAIN_LIMIT) {
          this.#recordRequestBody(false);
          end('too-large');
        }
      };
      const onEnd = (): void => {
        const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
        if (over) this.#recordRequestBody(true);
        else this.#recordRequestBody(true, bodyRecord(whole));
        this.body = whole;
        end(over ? 'too-large' : 'whole');
      };
      const onClose = (): void => {
        for (const kept of chunks) this.#meterRequest(kept);
        this.#recordRequestBody(false);
        end('cut');
      };
      req.on('data', onData).on('end', onEnd).on('close', onClose);
    });
  }

  /** The request's body as a stream, measured and recorded as it passes; nothing is kept. */
  streamBody(): Transform {
    const meter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.#meterRequest(chunk);
        done(null, chunk);
      },
      flush: (done) => {
        this.#recordRequestBody(true);
        done();
      },
    });
    const cut = (): void => {
      if (this.clientLeft) meter.destroy(new Error('The client went away in the middle of its request.'));
    };
    // Whoever reads the stream gets the error; until somebody does, it must not be everybody's.
    meter.on('error', () => {});
    this.#req.once('close', cut).pipe(meter);
    cut();
    return meter;
  }

  /** Lets go of the body's bytes, for whoever holds a request for long. */
  forgetBody(): void {
    this.body = NO_BODY;
  }

  /** @internal The answer's head has been written: records it as it is on the wire. */
  answer(res: ServerResponse): void {
    if (this.#answered) return;
    this.#answered = true;
    this.ledger.record('gitlab', {
      kind: 'response',
      exchange: this.id,
      status: res.statusCode,
      reason: res.statusMessage,
      headers: headOf(res),
      madeBy: 'self',
      ...(this.planned ? { planned: this.planned } : {}),
    });
  }

  /** @internal A part of the answer's body has been written. */
  meterResponse(chunk: Buffer): void {
    this.#responseMeter ??= new BodyMeter();
    this.#responseMeter.add(chunk);
  }

  /** @internal The exchange is over. */
  close(complete: boolean): void {
    this.#recordRequestBody(false);
    this.forgetBody();
    if (!this.#answered) return;
    const record = this.#responseMeter?.record(complete) ?? { ...NOTHING, complete };
    this.ledger.record('gitlab', { kind: 'response-body', exchange: this.id, ...record });
  }

  #meterRequest(chunk: Buffer): void {
    this.#requestMeter ??= new BodyMeter();
    this.#requestMeter.add(chunk);
  }

  #recordRequestBody(complete: boolean, whole?: BodyRecord): void {
    if (this.#bodyRecorded || !this.#expectsBody) return;
    this.#bodyRecorded = true;
    const record = whole ?? this.#requestMeter?.record(complete) ?? { ...NOTHING, complete };
    this.#requestMeter = undefined;
    this.ledger.record('gitlab', { kind: 'request-body', exchange: this.id, ...record });
  }
}

/** The header lines as Node wrote them, its own included: what is on the wire, in its order and spelling. */
function headOf(res: ServerResponse): [string, string][] {
  const head: unknown = Reflect.get(res, '_header');
  if (typeof head !== 'string') return [];
  const pairs: [string, string][] = [];
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (colon > 0) pairs.push([line.slice(0, colon), line.slice(colon + 2)]);
  }
  return pairs;
}
