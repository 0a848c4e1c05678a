import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { probe, run, withDirectoryLock } from '../process/index.ts';
import { fetchPackages } from './fetch-packages.ts';
import { UNFINISHED } from './place.ts';
import { GENERATIONS, type GenerationName } from './rows.ts';

/** How long one package may take to unpack, in real milliseconds; 3 s are usual for the largest. */
const UNPACK_LIMIT_MS = 2 * 60_000;
/** How long a program may take to say its version, in real milliseconds. */
const VERSION_LIMIT_MS = 10_000;
/** Written last: what is beside it is whole. */
const WHOLE = 'packages.json';

/** How programs are got. */
export interface BringOptions {
  /** Where this tool keeps what it can fetch again. */
  readonly cacheDir: string;
  /** Told of what takes long, a line each. */
  readonly say?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Programs of a suite that are unpacked, and not installed. */
export interface Wanted {
  readonly name: GenerationName;
  /** As sentences call them: `Docker`. */
  readonly what: string;
  /** The directory of the lock; whoever unpacks there waits for others. */
  readonly dir: string;
  /** A directory in it, which is there when it is whole. */
  readonly root: string;
  readonly packages: readonly string[];
  /** Whether the libraries are got as well that the packages ask for, libc among them. */
  readonly libraries?: true;
  /** What nobody needs of what the packages bring, as paths in the root. */
  readonly without: readonly string[];
  /** Makes ready what was unpacked, and tries it. @throws Error that says why it is of no use here, as half a sentence */
  readonly ready: (root: string) => Promise<void>;
}

/**
 * Unpacks a suite's packages, once.
 * @throws Error in a sentence that names the generation, where they cannot be had here; the signal's reason
 */
export async function unpackPrograms(wanted: Wanted, options: BringOptions): Promise<void> {
  const { name, what, root } = wanted;
  if (isWhole(root)) return;
  try {
    await whenAlone(wanted, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Error(
      `${what} of ${name} cannot be had here: ${(error as Error).message.replace(/\.$/, '')}. Run with --generation host, or on a Debian whose package sources can be reached.`,
      { cause: error },
    );
  }
}

/**
 * What a program says of its version: `Docker version 28.5.2+dfsg4, build …`, `Squid Cache: Version 7.7`.
 * @throws Error where it does not run, as half a sentence
 */
export async function versionOf(path: string, option: string): Promise<string | undefined> {
  const { code, stdout, stderr, reason } = await probe({ path, args: [option], limitMs: VERSION_LIMIT_MS });
  if (code !== 0) throw new Error(reason ?? stderr.trim().split('\n')[0]);
  return /version (\d[^\s,]*)/i.exec(stdout)?.[1];
}

const isWhole = (root: string): boolean => existsSync(join(root, WHOLE));

async function whenAlone(wanted: Wanted, { say, signal }: BringOptions): Promise<void> {
  const { name, what, dir, root } = wanted;
  await mkdir(dir, { recursive: true });
  const work = async (): Promise<void> => {
    // Another may have brought it while this one waited.
    if (isWhole(root)) return;
    say?.(`getting ${what} of Debian's ${name} …`);
    const began = performance.now();
    const part = `${root}${UNFINISHED}`;
    await rm(part, { recursive: true, force: true });
    await mkdir(part);
    try {
      await unpack(wanted, part, signal);
      await rm(root, { recursive: true, force: true });
      await rename(join(part, 'root'), root);
    } finally {
      await rm(part, { recursive: true, force: true });
    }
    say?.(`got ${what} of ${name} in ${Math.round((performance.now() - began) / 1000)} s`);
  };
  await withDirectoryLock({ dir }, work, { doing: 'getting programs', say, signal });
}

async function unpack(wanted: Wanted, dir: string, signal: AbortSignal | undefined): Promise<void> {
  const { name, packages, libraries = false, without, ready } = wanted;
  const fetched = await fetchPackages(GENERATIONS[name], { packages, libraries }, dir, signal);
  const root = join(dir, 'root');
  await mkdir(root);
  const limits = { limitMs: UNPACK_LIMIT_MS, ...(signal ? { signal } : {}) };
  for (const { file } of fetched) await run('dpkg-deb', ['-x', file, root], limits);
  for (const each of without) await rm(join(root, each), { recursive: true, force: true });
  // It may be that of a package, or of a umask under which no other account could look into it.
  await chmod(root, 0o755);
  await ready(root);
  const versions = Object.fromEntries(fetched.map((each) => [each.name, each.version]));
  await writeFile(join(root, WHOLE), `${JSON.stringify(versions, null, 2)}\n`);
}
