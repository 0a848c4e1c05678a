import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { findProgram, probe, run, SEARCH_PATH, withDirectoryLock } from '../process/index.ts';
import { fetchPackages } from './fetch-packages.ts';
import { GENERATIONS, type GenerationName, type ProgramSource } from './rows.ts';
import { ownSuite } from './suite.ts';

/** Below the cache directory. */
const DIRECTORY = 'generations';
/** How long one package may take to unpack, in real milliseconds; 3 s are usual for the largest. */
const UNPACK_LIMIT_MS = 2 * 60_000;
/** How long a program may take to say its version, in real milliseconds. */
const VERSION_LIMIT_MS = 10_000;
/** Written last: what is beside it is whole. */
const WHOLE = 'packages.json';

/** How the name of a directory ends in which something is being unpacked. */
export const UNFINISHED = '.part';

/** The programs of Docker that every Debian has at the same places, so that those of one can stand in for those of another. */
const OF_A_MACHINE = [
  'usr/sbin/dockerd',
  'usr/sbin/docker-proxy',
  'usr/bin/docker',
  'usr/bin/containerd',
  'usr/bin/containerd-shim-runc-v2',
];

/** The programs of a Docker engine. */
export interface EnginePrograms {
  readonly source: ProgramSource;
  /** Where its programs are looked for, as PATH has it: those of the generation, then the machine's. */
  readonly path: string;
  /** Where a machine of Debian has each of them, with its file here; none where they are the machine's own. */
  readonly files: ReadonlyMap<string, string>;
  /** What its dockerd says of itself, such as `28.5.2+dfsg4`; undefined where there is none. */
  readonly version?: string;
}

/** How programs are got. */
export interface BringOptions {
  /** Where this tool keeps what it can fetch again. */
  readonly cacheDir: string;
  /** Told of what takes long, a line each. */
  readonly say?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The programs of the engine of a generation: the machine's own where they are the same, else unpacked from the suite's
 * packages into the cache directory, once. Nothing is installed.
 * @throws Error in a sentence that names the generation, where they cannot be had here; the signal's reason
 */
export async function engineOf(source: ProgramSource, options: BringOptions): Promise<EnginePrograms> {
  const own = await dockerIn(SEARCH_PATH);
  if (source === 'host' || (await isTheHosts(source, own)))
    return { source, path: SEARCH_PATH, files: new Map(), ...versionOf(own) };
  const root = rootOf(source, options.cacheDir);
  try {
    if (!existsSync(join(root, WHOLE))) await bring(source, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Error(
      `Docker of ${source} cannot be had here: ${(error as Error).message.replace(/\.$/, '')}. Run with --generation host, or on a Debian whose package sources can be reached.`,
      { cause: error },
    );
  }
  const path = [join(root, 'usr/sbin'), join(root, 'usr/bin'), SEARCH_PATH].join(delimiter);
  return {
    source,
    path,
    files: new Map(OF_A_MACHINE.map((each) => [`/${each}`, join(root, each)])),
    ...versionOf(await dockerIn(path)),
  };
}

/** Where the programs of generations are kept, a directory each. */
export const generationsDirectory = (cacheDir: string): string => join(cacheDir, DIRECTORY);

const rootOf = (name: GenerationName, cacheDir: string): string => join(generationsDirectory(cacheDir), name);

/** Whether the machine is of the generation, and its Docker too: it may be from elsewhere. */
async function isTheHosts(name: GenerationName, version: string | undefined): Promise<boolean> {
  const { suite, brings } = GENERATIONS[name];
  return suite === (await ownSuite()) && version?.split('+')[0] === brings.docker;
}

const versionOf = (version: string | undefined): { version?: string } => (version === undefined ? {} : { version });

/** The version of the dockerd that is found there: `Docker version 28.5.2+dfsg4, build …`. @param path as PATH has it */
async function dockerIn(path: string): Promise<string | undefined> {
  const dockerd = findProgram('dockerd', { path });
  if (!dockerd) return undefined;
  const { stdout } = await probe({ path: dockerd, args: ['--version'], limitMs: VERSION_LIMIT_MS });
  return /version (\d[^\s,]*)/.exec(stdout)?.[1];
}

async function bring(name: GenerationName, { cacheDir, say, signal }: BringOptions): Promise<void> {
  const place = { dir: generationsDirectory(cacheDir) };
  await mkdir(place.dir, { recursive: true });
  const root = rootOf(name, cacheDir);
  const work = async (): Promise<void> => {
    // Another may have brought it while this one waited.
    if (existsSync(join(root, WHOLE))) return;
    say?.(`getting Docker of Debian's ${name} …`);
    const began = performance.now();
    const part = `${root}${UNFINISHED}`;
    await rm(part, { recursive: true, force: true });
    await mkdir(part);
    try {
      await unpack(name, part, signal);
      await rm(root, { recursive: true, force: true });
      await rename(join(part, 'root'), root);
    } finally {
      await rm(part, { recursive: true, force: true });
    }
    say?.(`got Docker of ${name} in ${Math.round((performance.now() - began) / 1000)} s`);
  };
  await withDirectoryLock(place, work, { doing: 'getting programs', say, signal });
}

async function unpack(name: GenerationName, dir: string, signal: AbortSignal | undefined): Promise<void> {
  const fetched = await fetchPackages(GENERATIONS[name], GENERATIONS[name].engine, dir, signal);
  const root = join(dir, 'root');
  await mkdir(root);
  const limits = { limitMs: UNPACK_LIMIT_MS, ...(signal ? { signal } : {}) };
  for (const { file } of fetched) await run('dpkg-deb', ['-x', file, root], limits);
  // The units and settings of a machine, plugins of networks, and a tool for containerd's developers.
  for (const each of ['usr/share', 'usr/lib', 'etc', 'lib', 'usr/bin/ctr'])
    await rm(join(root, each), { recursive: true, force: true });
  const path = join(root, 'usr/sbin/dockerd');
  const { code, stderr, reason } = await probe({ path, args: ['--version'], limitMs: VERSION_LIMIT_MS });
  if (code !== 0)
    throw new Error(`its dockerd does not run on this machine: ${reason ?? stderr.trim().split('\n')[0]}`);
  const versions = Object.fromEntries(fetched.map((each) => [each.name, each.version]));
  await writeFile(join(root, WHOLE), `${JSON.stringify(versions, null, 2)}\n`);
}
