import { MalformedMessage } from './malformed.ts';

const LF = 10;
/** What no line has in it but its end (RFC 9110 section 5.5, RFC 9112 section 2.2). */
const FORBIDDEN = /[^\t\x20-\x7e\x80-\xff]/;
/** The same while the line has no end yet: its CR may be here already. */
const FORBIDDEN_SO_FAR = /[^\t\r\x20-\x7e\x80-\xff]|\r[^\n]/;
const NOTHING = Buffer.alloc(0);

/** Takes the bytes of one direction of a connection, and gives them line by line or by number. */
export class LineReader {
  #rest: Buffer = NOTHING;
  /** How much of the rest is known to have no line end in it. */
  #scanned = 0;

  /** How many bytes are there. */
  get length(): number {
    return this.#rest.length;
  }

  add(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
  }

  /** @param most in bytes */
  take(most: number): Buffer {
    const bytes = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(most);
    this.#scanned = 0;
    return bytes;
  }

  /**
   * Takes the next line, its end included.
   * @param what names it in an error
   * @param limit how long it may be, in bytes
   * @returns undefined while it has no end yet
   * @throws MalformedMessage when it has control characters, ends without CR, or is too long
   */
  line(what: string, limit: number): Buffer | undefined {
    const at = this.#rest.indexOf(LF, this.#scanned);
    const size = at < 0 ? this.#rest.length : at + 1;
    if (size > limit) throw new MalformedMessage(`${what} is longer than ${limit} bytes`, 431);
    if (at < 0) {
      // The last byte is looked at again: a CR needs to know what follows it.
      const from = Math.max(0, this.#scanned - 1);
      if (FORBIDDEN_SO_FAR.test(this.#rest.toString('latin1', from))) throw bad(what);
      this.#scanned = this.#rest.length;
      return undefined;
    }
    const text = this.#rest.toString('latin1', 0, size);
    if (!text.endsWith('\r\n') || FORBIDDEN.test(text.slice(0, -2))) throw bad(what);
    return this.take(size);
  }
}

const bad = (what: string): MalformedMessage =>
  new MalformedMessage(`${what} has a control character in it, or a line end other than CR LF`);
