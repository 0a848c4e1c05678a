import { Writable } from 'node:stream';
import type { StreamGuard } from './stream-guard.ts';
import { writeOut } from './write-out.ts';

/** Writes to another stream what a guard lets through, one part at a time. */
export class GuardedWriter extends Writable {
  readonly #guard: StreamGuard;
  readonly #to: Writable;

  constructor(guard: StreamGuard, to: Writable) {
    super({ decodeStrings: true });
    this.#guard = guard;
    this.#to = to;
    to.once('close', () => this.destroy());
    this.on('error', () => {});
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#guard.pass(chunk, (part) => writeOut(this.#to, part)).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#guard
      .finish((part) => writeOut(this.#to, part))
      .then(() => {
        if (!this.#guard.ended && !this.#to.destroyed) this.#to.end();
        done();
      }, done);
  }
}
