import { createHash } from 'node:crypto';

/**
 * Digests a multipart form (RFC 7578) as it goes by, without its boundary: that differs whenever a form is made, and two forms
 * with the same content are the same for whoever compares them.
 */
export class FormDigest {
  readonly #boundary: Buffer;
  readonly #hash = createHash('sha256');
  /** What may be the beginning of a boundary. */
  #rest: Buffer = Buffer.alloc(0);

  /** @param boundary as `Content-Type` has it */
  constructor(boundary: string) {
    this.#boundary = Buffer.from(boundary, 'latin1');
  }

  add(chunk: Buffer): void {
    const boundary = this.#boundary;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let from = 0;
    for (let at = bytes.indexOf(boundary); at >= 0; at = bytes.indexOf(boundary, from)) {
      this.#hash.update(bytes.subarray(from, at));
      from = at + boundary.length;
    }
    const kept = Math.max(from, bytes.length - boundary.length + 1);
    this.#hash.update(bytes.subarray(from, kept));
    this.#rest = Buffer.from(bytes.subarray(kept));
  }

  /** SHA-256 in hexadecimal of all but the boundaries. */
  end(): string {
    return this.#hash.update(this.#rest).digest('hex');
  }
}

/** The boundary of a multipart form, by its `Content-Type` (RFC 2046 section 5.1.1); undefined for any other body. */
export const boundaryOf = (contentType: string | undefined): string | undefined => {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary=(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType ?? '') ?? [];
  return quoted ?? plain;
};
