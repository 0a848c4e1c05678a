const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines, keeping no more of a line than a limit.
 * @param keep bytes of one line that are kept
 * @param found is called for every line: its text, and how many bytes it has in all
 */
export class LineCutter {
  #parts: Buffer[] = [];
  #kept = 0;
  #bytes = 0;
  readonly #keep: number;
  readonly #found: (text: string, bytes: number) => void;

  constructor(keep: number, found: (text: string, bytes: number) => void) {
    this.#keep = keep;
    this.#found = found;
  }

  add(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#take(chunk.subarray(start, end));
      this.#cut();
      start = end + 1;
    }
    if (start < chunk.length) this.#take(chunk.subarray(start));
  }

  /** The stream is over: what stands after the last newline is a line too. */
  end(): void {
    if (this.#bytes > 0) this.#cut();
  }

  #take(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#kept >= this.#keep || part.length === 0) return;
    const kept = Buffer.from(part.subarray(0, this.#keep - this.#kept));
    this.#parts.push(kept);
    this.#kept += kept.length;
  }

  #cut(): void {
    const text = Buffer.concat(this.#parts).toString('utf8').replace(/\r$/, '');
    const bytes = this.#bytes;
    this.#parts = [];
    this.#kept = 0;
    this.#bytes = 0;
    this.#found(text, bytes);
  }
}
