import type { IncomingMessage, ServerResponse } from 'node:http';
import { Transform } from 'node:stream';
import type { Clock } from '../../clock/index.ts';
import {
  boundaryOf,
  type Connection,
  headOnWire,
  type Ledger,
  type PlannedAnswer,
  RecordedExchange,
  type RequestKind,
} from '../../ledger/index.ts';

/** How reading a request's body ended: `cut` means that the client went away. */
export type BodyEnd = 'whole' | 'too-large' | 'cut';

/** How much of a body is read, in bytes, only to be able to answer; beyond it the connection is closed. */
const DRAIN_LIMIT = 256 * 1024 * 1024;

const NO_BODY = Buffer.alloc(0);

/** One request to the mock GitLab and its answer. */
export class GitlabExchange extends RecordedExchange {
  readonly kind: RequestKind;
  /** The path asked for, without query. */
  readonly path: string;
  readonly clock: Clock;
  /** The whole body, once `readBody` has got it. */
  body: Buffer = NO_BODY;
  /** Recorded with the answer, when a plan made it. */
  planned: PlannedAnswer | undefined;
  readonly #req: IncomingMessage;

  constructor(
    of: { connection: Connection; kind: RequestKind; path: string; ledger: Ledger; clock: Clock },
    req: IncomingMessage,
  ) {
    const { connection, ledger, kind } = of;
    const { method = 'GET', url: target = '/', httpVersion, headers, rawHeaders } = req;
    super({
      ledger,
      peer: 'gitlab',
      connection,
      id: `${connection.id}.${++connection.requests}`,
      method,
      target,
      httpVersion,
      headers: rawHeaders,
      requestKind: kind,
      hasBody:
        headers['content-length'] !== undefined ||
        headers['transfer-encoding'] !== undefined ||
        (method !== 'GET' && method !== 'HEAD'),
      passesOn: false,
      boundary: boundaryOf(headers['content-type']),
    });
    this.kind = kind;
    this.path = of.path;
    this.clock = of.clock;
    this.#req = req;
  }

  /** Whether the client went away in the middle of its request. */
  get clientLeft(): boolean {
    return this.#req.destroyed && !this.#req.complete;
  }

  /**
   * Reads and records the request's body.
   * @param keep how many bytes to keep in `body`; what is beyond it is read, measured and dropped
   */
  readBody(keep: number): Promise<BodyEnd> {
    const req = this.#req;
    if (this.upOver) {
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
        this.up(chunk);
        if (bytes > keep) {
          over = true;
          chunks = [];
        } else chunks.push(chunk);
        if (bytes > DRAIN_LIMIT) {
          this.upEnded(false);
          end('too-large');
        }
      };
      const onEnd = (): void => {
        this.body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
        this.upEnded(true);
        end(over ? 'too-large' : 'whole');
      };
      const onClose = (): void => {
        this.upEnded(false);
        end('cut');
      };
      req.on('data', onData).on('end', onEnd).on('close', onClose);
    });
  }

  /** The request's body as a stream, measured and recorded as it passes; nothing is kept. */
  streamBody(): Transform {
    const meter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        this.up(chunk);
        done(null, chunk);
      },
      flush: (done) => {
        this.upEnded(true);
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
  headWritten(res: ServerResponse): void {
    const head = headOnWire(res);
    if (!this.hasAnswer && head !== undefined) this.answerBegun(head, 'self', this.planned);
  }

  /** @internal The exchange is over. @param complete whether the answer ended as its framing said it would */
  close(complete: boolean): void {
    this.upEnded(false);
    this.forgetBody();
    this.downEnded(complete);
  }
}
