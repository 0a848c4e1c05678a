import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Below the cache directory. */
const DIRECTORY = 'generations';

/** Where root keeps what accounts of programs must be able to read: beside what the launcher unpacks for them. */
const FOR_ACCOUNTS = '/usr/local/lib/proxyproof/generations';

/** How the name of a directory ends in which something is being unpacked. */
export const UNFINISHED = '.part';

/** Where the programs of generations are kept, a directory each. */
export const generationsDirectory = (cacheDir: string): string => join(cacheDir, DIRECTORY);

/**
 * The same for programs that root starts as an account of their own, as squid: that cannot look into anybody's home.
 * @param uid of whoever asks; only root's programs change it
 */
export async function accountsDirectory(cacheDir: string, uid = process.getuid?.()): Promise<string> {
  const own = generationsDirectory(cacheDir);
  return uid !== 0 || (await isOpenToAll(own)) ? own : FOR_ACCOUNTS;
}

/** Whether everybody may pass through a directory and those above it; what is not there yet is made so. */
async function isOpenToAll(dir: string): Promise<boolean> {
  const mode = await stat(dir).then(
    (found) => found.mode,
    () => 0o1,
  );
  if ((mode & 0o1) === 0) return false;
  return dirname(dir) === dir || isOpenToAll(dirname(dir));
}
