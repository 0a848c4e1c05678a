/** A file of a bundle, as bytes. */
export interface BundleFile {
  /** By which people are told of it: relative to the bundle, with slashes, or as it was named. */
  readonly name: string;
  /** Where it lies, when that tells more than its name. */
  readonly path?: string;
  readonly bytes: Buffer;
}

/** What a customer handed over, and what of it cannot be read. */
export interface Bundle {
  readonly files: readonly BundleFile[];
  readonly unread: readonly Unread[];
}

export interface Unread {
  readonly file: string;
  /** Completes the sentence "it …", without a full stop. */
  readonly why: string;
}

/** Most that is read: of one file, of all files together, and how many files. */
export const MOST_FILE_BYTES = 64 * 2 ** 20;
export const MOST_BYTES = 256 * 2 ** 20;
export const MOST_FILES = 5000;

/** Gathers files within the limits. */
export class Gathered implements Bundle {
  readonly files: BundleFile[] = [];
  readonly unread: Unread[] = [];
  #bytes = 0;

  /** Whether there is room for another file of this size; what has none is noted. */
  admits(name: string, bytes: number): boolean {
    if (bytes > MOST_FILE_BYTES) return this.refuse(name, `is larger than ${MOST_FILE_BYTES / 2 ** 20} MiB`);
    if (this.#bytes + bytes > MOST_BYTES)
      return this.refuse(name, `comes after ${MOST_BYTES / 2 ** 20} MiB of other files, the most that is read`);
    if (this.files.length >= MOST_FILES)
      return this.refuse(name, `comes after ${MOST_FILES} other files, the most that are read`);
    return true;
  }

  refuse(file: string, why: string): false {
    this.unread.push({ file, why });
    return false;
  }

  add(name: string, bytes: Buffer): void {
    if (!this.admits(name, bytes.length)) return;
    this.#bytes += bytes.length;
    this.files.push({ name, bytes });
  }
}
