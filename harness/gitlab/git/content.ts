import { createCipheriv, createHash } from 'node:crypto';

/** One file of a commit. */
export interface TreeFile {
  readonly path: string;
  readonly content: Buffer;
}

const MIB = 1024 * 1024;
/** Files of incompressible content are this large: git holds a file in memory while it packs it. */
const PART_BYTES = 4 * MIB;

/**
 * Files that do not compress, the same for the same seed: a stream cipher's key stream.
 * @param bytes how much content there is in all of them
 */
export function* incompressible(seed: string, bytes: number): Generator<TreeFile> {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  for (let at = 0, part = 0; at < bytes; at += PART_BYTES, part++) {
    const content = cipher.update(Buffer.alloc(Math.min(PART_BYTES, bytes - at)));
    yield { path: `data/${String(part).padStart(4, '0')}.bin`, content };
  }
}

/** The file that stands in git for one that Git LFS keeps: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export function lfsPointer(content: Buffer): { readonly oid: string; readonly pointer: Buffer } {
  const oid = createHash('sha256').update(content).digest('hex');
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n`;
  return { oid, pointer: Buffer.from(pointer) };
}
