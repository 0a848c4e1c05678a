import { crc32 } from 'node:zlib';
import { honestTrace, type TracePolicy } from '../policies/job-policies.ts';

const MASK = '[MASKED]';

/** The trace of one job: everything that was printed, with secrets masked, and how much of it was taken to be sent. */
export class SentTrace {
  /** Those whose beginning waits for what is printed next. */
  readonly #heldBack: readonly string[];
  readonly #pattern: RegExp | undefined;
  readonly #prints: TracePolicy['prints'];
  #pending = '';
  #untaken: Buffer[] = [];
  #size = 0;
  #crc = 0;

  /**
   * @param masked what is masked; shorter than four bytes is not, as too much else would be
   * @param policy how it is found, and what is printed of what is written
   */
  constructor(masked: readonly string[], policy: Partial<Pick<TracePolicy, 'holdsBack' | 'finds' | 'prints'>> = {}) {
    const { holdsBack, finds, prints } = { ...honestTrace, ...policy };
    const bytes = masked.filter((each) => each.length >= 4).map((each) => Buffer.from(each).toString('latin1'));
    const secrets = [...new Set(bytes)].sort((a, b) => b.length - a.length);
    this.#prints = prints;
    this.#heldBack = holdsBack(secrets);
    if (secrets.length > 0) this.#pattern = new RegExp(secrets.map(finds).join('|'), 'g');
  }

  /** Bytes printed so far. */
  get size(): number {
    return this.#size;
  }

  /** CRC-32 of all that was printed, as GitLab wants it. */
  get checksum(): string {
    return `crc32:${this.#crc.toString(16).padStart(8, '0')}`;
  }

  write(text: string | Buffer): void {
    const added = (typeof text === 'string' ? Buffer.from(text) : text).toString('latin1');
    const masked = this.#mask(this.#pending + added);
    const kept = this.#startOfSecret(masked);
    this.#pending = masked.slice(masked.length - kept);
    this.#put(masked.slice(0, masked.length - kept));
  }

  /** Prints without masking. */
  writeRaw(text: string): void {
    this.flush();
    this.#put(Buffer.from(text).toString('latin1'));
  }

  /** Prints what was held back because it might have been the beginning of a secret. */
  flush(): void {
    this.#put(this.#pending);
    this.#pending = '';
  }

  /** All that was printed since the last call. */
  take(): Buffer {
    const chunk = Buffer.concat(this.#untaken);
    this.#untaken = [];
    return chunk;
  }

  #put(text: string): void {
    if (text === '') return;
    const bytes = Buffer.from(this.#prints(Buffer.from(text, 'latin1'), this.#size));
    this.#untaken.push(bytes);
    this.#size += bytes.length;
    this.#crc = crc32(bytes, this.#crc);
  }

  #mask(text: string): string {
    return this.#pattern ? text.replace(this.#pattern, MASK) : text;
  }

  /** How many bytes at the end may be the beginning of a secret. */
  #startOfSecret(text: string): number {
    let longest = 0;
    for (const secret of this.#heldBack) {
      for (let length = Math.min(secret.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(secret.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
