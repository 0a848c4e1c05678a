import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../ledger/index.ts';

/** What a signed URL is good for. */
export interface StoredObject {
  readonly jobId: number;
}

const EXPIRES_SECONDS = 600;

/** Gives out signed URLs below `/object-storage/`, as GitLab does for a direct download, and checks them. */
export class ObjectStorage {
  readonly #key = randomBytes(32);
  readonly #url: string;
  readonly #secrets: Secrets;

  /** @param url the base of the URLs */
  constructor(url: string, secrets: Secrets) {
    this.#url = url;
    this.#secrets = secrets;
  }

  /** A URL by which anybody gets a job's archive. The signature is a secret. */
  urlOf({ jobId }: StoredObject): string {
    const path = `/object-storage/artifacts/${jobId}/artifacts.zip`;
    const signature = this.#secrets.add('object-storage-signature', this.#sign(path));
    return `${this.#url}${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=${EXPIRES_SECONDS}&X-Amz-Signature=${signature}`;
  }

  /** The object that a path names, when the signature fits it. */
  open(path: string, signature: unknown): StoredObject | undefined {
    const jobId = /^\/object-storage\/artifacts\/(\d+)\/artifacts\.zip$/.exec(path)?.[1];
    if (jobId === undefined || typeof signature !== 'string') return undefined;
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#sign(path))];
    return given.length === right.length && timingSafeEqual(given, right) ? { jobId: Number(jobId) } : undefined;
  }

  #sign(path: string): string {
    return createHmac('sha256', this.#key).update(path).digest('hex');
  }
}
