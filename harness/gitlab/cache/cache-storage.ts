import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Secrets } from '../../ledger/index.ts';
import { newToken } from '../new-token.ts';
import type { AccessKeys } from './signature-v4.ts';

/** How a bucket for caches is reached: the settings of `[runners.cache.s3]`. */
export interface CacheAccess extends AccessKeys {
  /** Host and port, by name. */
  readonly serverAddress: string;
  /** By http. */
  readonly insecure: boolean;
  readonly bucket: string;
}

/** An archive in the bucket. */
export interface CachedObject {
  readonly file: string;
  readonly etag: string;
  /** `x-amz-meta-…` headers it came with. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** One bucket of object storage, whose objects are files. */
export class CacheStorage {
  readonly access: CacheAccess;
  readonly #dir: string;
  readonly #objects = new Map<string, CachedObject>();

  /** @param of.serverAddress host and port of the server that serves it */
  constructor(of: {
    readonly dir: string;
    readonly bucket: string;
    readonly serverAddress: string;
    readonly insecure: boolean;
    readonly secrets: Secrets;
  }) {
    this.#dir = of.dir;
    this.access = {
      serverAddress: of.serverAddress,
      insecure: of.insecure,
      bucket: of.bucket,
      accessKey: `AK${randomUUID().replaceAll('-', '').slice(0, 18).toUpperCase()}`,
      secretKey: newToken(of.secrets, 'cache-secret-key', ''),
    };
  }

  find(key: string): CachedObject | undefined {
    return this.#objects.get(key);
  }

  /**
   * Stores an object as it arrives.
   * @param sha256 the digest it must have, when one is known
   * @returns undefined when it has another one; what was there before is kept then
   * @throws what the stream throws; likewise
   */
  async store(
    key: string,
    content: Readable,
    metadata: CachedObject['metadata'],
    sha256?: string,
  ): Promise<CachedObject | undefined> {
    await mkdir(this.#dir, { recursive: true });
    const file = join(this.#dir, randomUUID());
    const part = `${file}.part`;
    const [md5, digest] = [createHash('md5'), createHash('sha256')];
    const measure = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        md5.update(chunk);
        digest.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(content, measure, createWriteStream(part));
      if (sha256 !== undefined && digest.digest('hex') !== sha256) return undefined;
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
    const object = { file, etag: `"${md5.digest('hex')}"`, metadata };
    this.#objects.set(key, object);
    return object;
  }
}
