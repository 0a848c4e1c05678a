import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The LFS objects of one repository: those it was made with, and those that were uploaded since. */
export class LfsObjects {
  readonly #made: string;
  readonly #uploaded: string;

  /**
   * @param made directory of the objects that came with the repository; only read
   * @param uploaded directory for new ones
   */
  constructor(made: string, uploaded: string) {
    this.#made = made;
    this.#uploaded = uploaded;
  }

  /** The file of an object and its size in bytes; undefined when it is not there. */
  async find(oid: string): Promise<{ readonly file: string; readonly size: number } | undefined> {
    for (const dir of [this.#made, this.#uploaded]) {
      const file = join(dir, oid);
      const found = await stat(file).catch(() => undefined);
      if (found) return { file, size: found.size };
    }
    return undefined;
  }

  read(file: string): Readable {
    return createReadStream(file);
  }

  /** Stores an object. @returns whether its content is what its name says; it is not kept otherwise */
  async store(oid: string, content: Readable): Promise<boolean> {
    await mkdir(this.#uploaded, { recursive: true });
    const part = join(this.#uploaded, `${oid}.${randomUUID()}.part`);
    const hash = createHash('sha256');
    const digest = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(content, digest, createWriteStream(part));
      if (hash.digest('hex') !== oid) return false;
      await rename(part, join(this.#uploaded, oid));
      return true;
    } finally {
      await rm(part, { force: true });
    }
  }
}
