import { createHash, type Hash, hash } from 'node:crypto';
import type { BodyRecord } from '../event.ts';

/** How much of a body's text a ledger keeps, in bytes. */
export const KEPT_TEXT_BYTES = 4096;

/** How much of a body that is passed on is digested, in bytes: whoever digests all of a large one is the slower for it. */
export const DIGESTED_BYTES = 1024 * 1024;

/** Measures a body as it goes by: counts all of it, digests it, keeps the beginning of it. */
export class BodyMeter {
  #bytes = 0;
  /** Most bodies are a single chunk: those are digested in one go, when they are recorded. */
  #only: Buffer | undefined;
  #hash: Hash | undefined;
  #kept: Buffer[] | undefined;
  readonly #keep: number;
  readonly #digested: number;

  /**
   * @param keep how many bytes of text to keep
   * @param digested how many bytes to digest at the most; all by default
   */
  constructor(keep: number = KEPT_TEXT_BYTES, digested: number = Number.POSITIVE_INFINITY) {
    this.#keep = keep;
    this.#digested = digested;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** All of it, when it came in one chunk or has no bytes. */
  get whole(): Buffer | undefined {
    return this.#bytes === 0 ? NOTHING : this.#only;
  }

  add(chunk: Buffer | string, encoding?: BufferEncoding): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    const before = this.#bytes;
    this.#bytes += bytes.length;
    if (before === 0) {
      this.#only = bytes;
      return;
    }
    if (this.#only) {
      this.#hash = createHash('sha256').update(beginning(this.#only, this.#digested));
      this.#kept = [Buffer.from(this.#only.subarray(0, this.#keep))];
      this.#only = undefined;
    }
    if (before < this.#digested) this.#hash?.update(beginning(bytes, this.#digested - before));
    if (before < this.#keep) this.#kept?.push(Buffer.from(bytes.subarray(0, this.#keep - before)));
  }

  /** @param complete whether the body ended as its framing said it would */
  record(complete: boolean): BodyRecord {
    const { whole } = this;
    const sha256 = whole ? hash('sha256', beginning(whole, this.#digested)) : (this.#hash?.copy().digest('hex') ?? '');
    const kept = whole ? whole.subarray(0, this.#keep) : Buffer.concat(this.#kept ?? []);
    return {
      bytes: this.#bytes,
      sha256,
      complete,
      ...textOf(kept),
      ...(this.#bytes > this.#digested ? { digestedBytes: this.#digested } : {}),
    };
  }
}

/** The record of a body that is already whole in memory. */
export function bodyRecord(body: Buffer | string, keep: number = KEPT_TEXT_BYTES): BodyRecord {
  const meter = new BodyMeter(keep);
  meter.add(body);
  return meter.record(true);
}

const NOTHING = Buffer.alloc(0);

const beginning = (bytes: Buffer, length: number): Buffer =>
  bytes.length > length ? bytes.subarray(0, length) : bytes;

/** The beginning of a body as text, unless it is empty or binary. */
const textOf = (kept: Buffer): { text?: string } =>
  kept.length > 0 && !kept.includes(0) ? { text: kept.toString('utf8') } : {};
