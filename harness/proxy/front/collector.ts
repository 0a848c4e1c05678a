import { Writable } from 'node:stream';

/** Passes nothing on before all of it is there. */
export class Collector extends Writable {
  readonly #chunks: Buffer[] = [];
  readonly #to: Writable;

  constructor(to: Writable) {
    super();
    this.#to = to;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#chunks.push(chunk);
    done();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#to.end(Buffer.concat(this.#chunks));
    done();
  }
}
