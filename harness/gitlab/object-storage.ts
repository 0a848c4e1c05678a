import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Secrets } from '../ledger/index.ts';
import { percentDecode, percentEncode } from '../url/index.ts';

/** What a signed URL is good for: a job's archive, or an object of Git LFS by its SHA-256. */
export type StoredObject =
  | { readonly jobId: number }
  | {
      /** The repository's path. */
      readonly repository: string;
      readonly oid: string;
    };

const ARTIFACTS = /^\/object-storage\/artifacts\/(\d+)\/(?:moved\/)?artifacts\.zip$/;
const MOVED = 'moved/';
const LFS = /^\/object-storage\/lfs\/([^/]+)\/([0-9a-f]{64})$/;

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

  /** A URL by which anybody gets an object. The signature is a secret. */
  urlOf(object: StoredObject): string {
    const path =
      'jobId' in object
        ? `/object-storage/artifacts/${object.jobId}/artifacts.zip`
        : `/object-storage/lfs/${percentEncode(object.repository)}/${object.oid}`;
    return `${this.#url}${path}?${this.#signed(path)}`;
  }

  /** Where an archive has moved, as a reference that is relative to the path that it is asked for by; undefined once there. */
  movedFrom(path: string): string | undefined {
    const at = path.lastIndexOf('/') + 1;
    const reference = `${MOVED}${path.slice(at)}`;
    const moved = `${path.slice(0, at)}${reference}`;
    return ARTIFACTS.test(moved) ? `${reference}?${this.#signed(moved)}` : undefined;
  }

  /** The object that a path names, when the signature fits it. */
  open(path: string, signature: unknown): StoredObject | undefined {
    const object = objectOf(path);
    if (!object || typeof signature !== 'string') return undefined;
    const [given, right] = [Buffer.from(signature), Buffer.from(this.#sign(path))];
    return given.length === right.length && timingSafeEqual(given, right) ? object : undefined;
  }

  #signed(path: string): string {
    const signature = this.#secrets.add('object-storage-signature', this.#sign(path));
    return `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=${EXPIRES_SECONDS}&X-Amz-Signature=${signature}`;
  }

  #sign(path: string): string {
    return createHmac('sha256', this.#key).update(path).digest('hex');
  }
}

function objectOf(path: string): StoredObject | undefined {
  const jobId = ARTIFACTS.exec(path)?.[1];
  if (jobId !== undefined) return { jobId: Number(jobId) };
  const [, repository, oid] = LFS.exec(path) ?? [];
  return repository === undefined || oid === undefined ? undefined : { repository: percentDecode(repository), oid };
}
