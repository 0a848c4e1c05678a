import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BodyMeter, type BodyRecord, type Secrets } from '../../ledger/index.ts';
import { newJobToken } from '../new-token.ts';
import { zipOf } from './zip.ts';

/** A job that was done before this world began, with artifacts for others to take. */
export interface EarlierJob {
  readonly id: number;
  readonly token: string;
  readonly filename: string;
  readonly size: number;
}

/** Below every id that the queue gives. */
const FIRST_EARLIER_ID = 3001;
const FILENAME = 'artifacts.zip';

/** A file, and another that sha256sum checks it by. */
function withChecksum(name: string, content: Buffer): Readonly<Record<string, Buffer>> {
  const digest = createHash('sha256').update(content).digest('hex');
  return { [name]: content, SHA256SUMS: Buffer.from(`${digest}  ${name}\n`) };
}

/** Keeps artifacts as files of a directory, one archive for each job. */
export class Artifacts {
  readonly #dir: string;
  readonly #secrets: Secrets;
  readonly #files = new Map<number, string>();
  readonly #earlier = new Map<number, EarlierJob>();
  #uploads = 0;

  constructor(dir: string, secrets: Secrets) {
    this.#dir = dir;
    this.#secrets = secrets;
  }

  /**
   * Makes up a job that is done; its archive has a file `from-earlier-job.txt`.
   * @param bytes of a file `random`, whose checksum is in a file `SHA256SUMS`; without them there are no such files
   */
  makeUp(bytes = 0): EarlierJob {
    const id = FIRST_EARLIER_ID + this.#earlier.size;
    const archive = zipOf({
      'from-earlier-job.txt': Buffer.from(`Made by job ${id}, which was done before.\n`),
      ...(bytes > 0 ? withChecksum('random', randomBytes(bytes)) : {}),
    });
    const job = { id, token: newJobToken(this.#secrets), filename: FILENAME, size: archive.length };
    mkdirSync(this.#dir, { recursive: true });
    const file = join(this.#dir, `${id}.zip`);
    writeFileSync(file, archive);
    this.#files.set(id, file);
    this.#earlier.set(id, job);
    return job;
  }

  /** Stores an archive as it arrives. @throws what the stream throws; nothing is kept then */
  async store(jobId: number, content: Readable): Promise<BodyRecord> {
    await mkdir(this.#dir, { recursive: true });
    const file = join(this.#dir, `${jobId}.zip`);
    const part = `${file}.${++this.#uploads}.part`;
    const meter = new BodyMeter();
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        meter.add(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(content, measure, createWriteStream(part));
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    this.#files.set(jobId, file);
    return meter.record(true);
  }

  /** Where a job's archive is. */
  fileOf(jobId: number): string | undefined {
    return this.#files.get(jobId);
  }

  earlier(id: number): EarlierJob | undefined {
    return this.#earlier.get(id);
  }
}
