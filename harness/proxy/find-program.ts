import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/** Where daemons are, which a user's PATH may not name. */
const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/sbin', '/bin'];

/** The first of these folders that has such a program; the system's own ones by default. */
export async function findProgram(name: string, folders: readonly string[] = FOLDERS): Promise<string | undefined> {
  for (const folder of folders) {
    const path = join(folder, name);
    const there = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
}
