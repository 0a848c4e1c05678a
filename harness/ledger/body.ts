import { createHash, type Hash, hash } from 'node:crypto';
import type { BodyRecord } from './event.ts';

/** How much of a body's text a ledger keeps, in bytes. */
export const KEPT_TEXT_BYTES = 4096;

/** Measures a body as it passes by: counts and digests all of it, keeps the beginning of it. */
export class BodyMeter {
  #bytes = 0;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  readonly #hash: Hash = createHash('sha256');
  readonly #keep: number;

  /** @param keep how many bytes of text to keep */
  constructor(keep: number = KEPT_TEXT_BYTES) {
    this.#keep = keep;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Buffer): void {
    this.#bytes += chunk.length;
    this.#hash.update(chunk);
    if (this.#keptBytes >= this.#keep) return;
    const part = chunk.subarray(0, this.#keep - this.#keptBytes);
    this.#kept.push(Buffer.from(part));
    this.#keptBytes += part.length;
  }

  /** @param complete whether the body ended as its framing said it would */
  record(complete: boolean): BodyRecord {
    const sha256 = this.#hash.copy().digest('hex');
    return { bytes: this.#bytes, sha256, complete, ...textOf(Buffer.concat(this.#kept)) };
  }
}

/** The record of a body that is already whole in memory. */
export function bodyRecord(body: Buffer | string, keep: number = KEPT_TEXT_BYTES): BodyRecord {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return { bytes: bytes.length, sha256: hash('sha256', bytes), complete: true, ...textOf(bytes.subarray(0, keep)) };
}

/** The beginning of a body as text, unless it is empty or binary. */
const textOf = (kept: Buffer): { text?: string } =>
  kept.length > 0 && !kept.includes(0) ? { text: kept.toString('utf8') } : {};

/** Header pairs from Node's flat `rawHeaders`, spelling and order kept. */
export function headerPairs(rawHeaders: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? '']);
  return pairs;
}
