import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../clock/index.ts';
import { makeDirectories } from '../../files/index.ts';
import { exists } from '../../process/index.ts';
import { goArchitecture, type Platform, thisPlatform } from '../architecture.ts';
import { SubjectError } from '../resolve/error.ts';
import { checksumOf } from './checksum.ts';
import { type DownloadServer, getFile, OFFICIAL_DOWNLOADS } from './server.ts';

/** What a download needs. */
export interface DownloadOptions {
  /** Kept from run to run; made when it is not there. */
  readonly cacheDir: string;
  /** GitLab's own by default. */
  readonly server?: DownloadServer;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Names of Node's: this machine's by default. */
  readonly platform?: Platform;
}

/**
 * Gets the official gitlab-runner of a version: from the cache, or from the download server, checked against the
 * SHA-256 that the release publishes. What is in the cache under its checksum is checked again, and needs no network.
 * @param version such as `17.11.4`
 * @returns the path of an executable file
 * @throws SubjectError when it cannot be had, or is not what its release says
 */
export async function downloadRunner(version: string, options: DownloadOptions): Promise<string> {
  const { os, arch } = options.platform ?? thisPlatform;
  const architecture = goArchitecture(arch);
  if (os !== 'linux' || !architecture) {
    throw new SubjectError(
      'absent',
      `gitlab-runner ${version} is downloaded for Linux only, and this is ${os} on ${arch}. ` +
        'Install it yourself and give --runner its path.',
    );
  }
  const name = `gitlab-runner-linux-${architecture}`;
  const cached = await findCached(options.cacheDir, `${name}-${version}-`).catch(cannotKeep(options.cacheDir));
  if (cached) return cached;

  const server = options.server ?? OFFICIAL_DOWNLOADS;
  const release = `${server.baseUrl}/v${version}`;
  const get = { server, env: options.env, clock: options.clock, missing: `there is no gitlab-runner ${version} there` };

  let list = '';
  await getFile(`${release}/release.sha256`, get, async (body) => {
    for await (const chunk of body) list += chunk.toString();
  });
  const wanted = checksumOf(list, `binaries/${name}`);
  if (!wanted) {
    throw new SubjectError(
      'absent',
      `${release}/release.sha256 has no checksum of binaries/${name}, so the binary cannot be verified and is not used. ` +
        'Does this release exist for this architecture? Else give --runner the path of a binary that is already here.',
    );
  }

  const target = join(options.cacheDir, `${name}-${version}-${wanted}`);
  const partial = `${target}.${process.pid}.partial`;
  try {
    await getFile(`${release}/binaries/${name}`, get, (body) => keep(body, partial));
    const got = await sha256(partial);
    if (got !== wanted) {
      throw new SubjectError(
        'absent',
        `${release}/binaries/${name} has the SHA-256 ${got}, but its release publishes ${wanted}. It was thrown away. ` +
          'Does something on the way change downloads? Try again, or get the binary elsewhere and give --runner its path.',
      );
    }
    await chmod(partial, 0o755);
    // Whoever runs at the same time has either nothing or the whole file.
    await rename(partial, target);
    return target;
  } finally {
    await rm(partial, { force: true });
  }
}

async function keep(body: AsyncIterable<Buffer>, path: string): Promise<void> {
  try {
    await pipeline(Readable.from(body), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && FILE_TROUBLE.has(String(error.code))) cannotKeep(path)(error);
    throw error;
  }
}

const FILE_TROUBLE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT', 'ENOTDIR']);

/** A full disk or a missing permission is no trouble of the network. */
const cannotKeep =
  (path: string) =>
  (error: Error): never => {
    throw new SubjectError(
      'absent',
      `A downloaded runner cannot be kept in ${path}: ${error.message}. Free space, or set XDG_CACHE_HOME to a directory that can be written.`,
      { cause: error },
    );
  };

async function findCached(cacheDir: string, prefix: string): Promise<string | undefined> {
  await makeDirectories(cacheDir);
  for (const entry of await readdir(cacheDir)) {
    if (!entry.startsWith(prefix)) continue;
    if (isAbandoned(entry)) await rm(join(cacheDir, entry), { force: true });
    if (!/^[0-9a-f]{64}$/.test(entry.slice(prefix.length))) continue;
    const path = join(cacheDir, entry);
    if ((await sha256(path)) === entry.slice(prefix.length)) return path;
    await rm(path, { force: true });
  }
  return undefined;
}

/** What a run that was killed had begun to download. */
function isAbandoned(entry: string): boolean {
  const pid = /\.(\d+)\.partial$/.exec(entry)?.[1];
  return pid !== undefined && !exists(Number(pid));
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
