import { createHash, type Hash, hash } from 'node:crypto';
import { KEPT_TEXT_BYTES } from './body.ts';
import type { BodyRecord } from './event.ts';

/** How much of a body is digested, in bytes: whoever digests all of a large one is the slower for it. */
const DIGESTED_BYTES = 1024 * 1024;

const EMPTY: BodyRecord = { bytes: 0, sha256: hash('sha256', ''), complete: true };

/** Measures a body that is passed on, by a proxy or before a registry: counts all of it, digests its first MiB, keeps the beginning. */
export class BoundedMeter {
  #bytes = 0;
  #hash: Hash | undefined;
  #first: Buffer | undefined;
  #kept: Buffer[] | undefined;

  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Buffer | string, encoding?: BufferEncoding): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    const before = this.#bytes;
    this.#bytes += bytes.length;
    if (before === 0) {
      this.#first = bytes;
      return;
    }
    this.#digestFirst();
    if (before < DIGESTED_BYTES) this.#hash?.update(bytes.subarray(0, DIGESTED_BYTES - before));
    if (before < KEPT_TEXT_BYTES) this.#kept?.push(Buffer.from(bytes.subarray(0, KEPT_TEXT_BYTES - before)));
  }

  /** @param complete whether the body ended as its framing said it would */
  record(complete: boolean): BodyRecord {
    if (this.#bytes === 0) return complete ? EMPTY : { ...EMPTY, complete };
    const sha256 = this.#first
      ? hash('sha256', this.#first.subarray(0, DIGESTED_BYTES))
      : (this.#hash?.copy().digest('hex') ?? '');
    const kept = this.#first ? this.#first.subarray(0, KEPT_TEXT_BYTES) : Buffer.concat(this.#kept ?? []);
    return {
      bytes: this.#bytes,
      sha256,
      complete,
      ...(kept.includes(0) ? {} : { text: kept.toString('utf8') }),
      ...(this.#bytes > DIGESTED_BYTES ? { digestedBytes: DIGESTED_BYTES } : {}),
    };
  }

  // Most bodies are a single chunk: those are digested in one go, when they are recorded.
  #digestFirst(): void {
    if (!this.#first) return;
    this.#hash = createHash('sha256').update(this.#first.subarray(0, DIGESTED_BYTES));
    this.#kept = [Buffer.from(this.#first.subarray(0, KEPT_TEXT_BYTES))];
    this.#first = undefined;
  }
}
