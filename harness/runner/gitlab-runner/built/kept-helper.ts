import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeDirectories } from '../../../files/index.ts';
import { isProgram } from '../../../process/index.ts';
import { SubjectError } from '../../resolve/error.ts';
import { HELPER } from './find.ts';
import { helperInArchive } from './helper-in-archive.ts';

/**
 * Takes the helper's program out of an archive, once for each archive.
 * @param cacheDir where it is kept from run to run
 * @param arch the processor that it is for, in Node's words
 * @returns the program's path
 * @throws SubjectError when there is none in it, or it cannot be read or kept
 */
export async function keptHelper(archive: string, cacheDir: string, arch: string): Promise<string> {
  try {
    const all = join(cacheDir, 'helpers');
    const target = join(all, `${await digest(archive)}-${arch}`, HELPER);
    if (isProgram(target)) return target;
    await makeDirectories(join(target, '..'));
    const dir = await mkdtemp(join(all, 'unpacking-'));
    try {
      const program = await helperInArchive(archive, dir, arch);
      if (program !== undefined) {
        // Whoever runs at the same time has either nothing or the whole file.
        await rename(program, target);
        return target;
      }
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof SubjectError) throw error;
    throw new SubjectError(
      'absent',
      `No helper can be taken out of ${archive}: ${(error as Error).message.replace(/\.$/, '')}. Is the archive whole, and is there space in ${cacheDir}?`,
      { cause: error },
    );
  }
  throw new SubjectError(
    'usage',
    `${archive} has no usr/bin/${HELPER}: give --helper an archive of a helper image for Linux, such as out/helper-images/prebuilt-alpine-x86_64.tar.xz.`,
  );
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex').slice(0, 32);
}
