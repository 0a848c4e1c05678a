import type { Peer, PlannedAnswer } from '../event.ts';
import type { Ledger } from '../ledger.ts';
import { BodyMeter, DIGESTED_BYTES, KEPT_TEXT_BYTES } from './body-meter.ts';
import { FormDigest } from './form-digest.ts';
import type { ResponseHead } from './head.ts';
import { BodySeen, RequestSeen, ResponseSeen, type SeenRequest, TunnelEnded } from './seen.ts';

/** A request to be recorded, and what of its bodies. */
export interface RecordedRequestOptions extends SeenRequest {
  readonly ledger: Ledger;
  readonly peer: Peer;
  /** Whether a request body is part of the record, were it an empty one. */
  readonly hasBody: boolean;
  /** The bodies only pass by: of large ones the beginning is digested, see `DIGESTED_BYTES`. */
  readonly passesOn: boolean;
  /** The boundary of the request's body, when that is a multipart form. */
  readonly boundary?: string | undefined;
}

/**
 * One request and its answer, or its tunnel, recorded as they go by. Whatever has a peer records its exchanges by this:
 * it says what goes by, in the order it does, and each part is recorded once.
 */
export class RecordedExchange {
  readonly id: string;
  readonly hasBody: boolean;
  readonly ledger: Ledger;
  readonly #peer: Peer;
  readonly #digested: number;
  readonly #form: FormDigest | undefined;
  #up: BodyMeter | undefined;
  #down: BodyMeter | undefined;
  #upOver: boolean;
  #answerBegan = false;
  #downOver = false;

  /** Records the request's head. */
  constructor(options: RecordedRequestOptions) {
    this.id = options.id;
    this.hasBody = options.hasBody;
    this.ledger = options.ledger;
    this.#peer = options.peer;
    this.#digested = options.passesOn ? DIGESTED_BYTES : Number.POSITIVE_INFINITY;
    this.#upOver = !options.hasBody;
    this.#form = options.boundary === undefined ? undefined : new FormDigest(options.boundary);
    this.ledger.record(this.#peer, new RequestSeen(options));
  }

  /** Whether an answer has begun. */
  get hasAnswer(): boolean {
    return this.#answerBegan;
  }

  /** Whether the request's body is recorded, or there is none to record. */
  get upOver(): boolean {
    return this.#upOver;
  }

  /** A part of the request's body goes by. */
  up(chunk: Buffer): void {
    if (this.#upOver) return;
    this.#up ??= this.#meter();
    this.#up.add(chunk);
    this.#form?.add(chunk);
  }

  /** The request's body is over. @param complete whether it ended as its framing said it would */
  upEnded(complete: boolean): void {
    if (this.#upOver) return;
    this.#upOver = true;
    this.#recordBody('request-body', this.#up, complete);
    this.#up = undefined;
  }

  /**
   * An answer has begun.
   * @param head as it stands on the wire, or taken apart
   * @param madeBy who made it: the peer itself, or the origin behind it
   */
  answerBegun(head: string | ResponseHead, madeBy: 'self' | 'origin', planned?: PlannedAnswer): void {
    this.#answerBegan = true;
    this.ledger.record(this.#peer, new ResponseSeen(this.id, head, madeBy, planned));
  }

  /** An answer was made, but its client gets nothing of it: no head is recorded. */
  answerWithheld(): void {
    this.#answerBegan = true;
  }

  /** A part of the answer's body goes by. */
  down(chunk: Buffer | string, encoding?: BufferEncoding): void {
    this.#down ??= this.#meter();
    this.#down.add(chunk, encoding);
  }

  /** The answer is over, if there was one. @param complete whether it ended as its framing said it would */
  downEnded(complete: boolean): void {
    if (!this.#answerBegan || this.#downOver) return;
    this.#downOver = true;
    this.#recordBody('response-body', this.#down, complete);
    this.#down = undefined;
  }

  /** Whatever of it has not ended never will. */
  brokenOff(): void {
    this.upEnded(false);
    this.downEnded(false);
  }

  /** The tunnel that it became has ended. */
  tunnelEnded(bytesUp: number, bytesDown: number): void {
    this.#downOver = true;
    this.ledger.record(this.#peer, new TunnelEnded(this.id, bytesUp, bytesDown));
  }

  /** Says that it breaks a rule, or that nobody planned for something in it. */
  flag(what: string): void {
    this.ledger.record(this.#peer, { kind: 'flag', what, exchange: this.id });
  }

  /** Says that something in it is unusual, though a right client may do it, or that the fault is none of its client's. */
  odd(what: string): void {
    this.ledger.record(this.#peer, { kind: 'flag', what, odd: true, exchange: this.id });
  }

  #meter(): BodyMeter {
    return new BodyMeter(KEPT_TEXT_BYTES, this.#digested);
  }

  #recordBody(kind: 'request-body' | 'response-body', meter: BodyMeter | undefined, complete: boolean): void {
    if (kind === 'request-body' && this.#form) {
      const record = { ...(meter ?? this.#meter()).record(complete), formSha256: this.#form.end() };
      this.ledger.record(this.#peer, new BodySeen(kind, this.id, record, complete));
      return;
    }
    const whole = meter ? meter.whole : NOTHING;
    // A longer one is measured now: its bytes are not to be kept until somebody reads the event.
    const body = whole && whole.length <= KEPT_TEXT_BYTES ? whole : meter?.record(complete);
    if (body) this.ledger.record(this.#peer, new BodySeen(kind, this.id, body, complete));
  }
}

const NOTHING = Buffer.alloc(0);
