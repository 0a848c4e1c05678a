import { delimiter, join } from 'node:path';
import { findProgram, SEARCH_PATH } from '../process/index.ts';
import { generationsDirectory } from './place.ts';
import { GENERATIONS, type GenerationName, type ProgramSource } from './rows.ts';
import { ownSuite } from './suite.ts';
import { type BringOptions, unpackPrograms, versionOf } from './unpack-programs.ts';

/** The programs of Docker that every Debian has at the same places, so that those of one can stand in for those of another. */
const OF_A_MACHINE = [
  'usr/sbin/dockerd',
  'usr/sbin/docker-proxy',
  'usr/bin/docker',
  'usr/bin/containerd',
  'usr/bin/containerd-shim-runc-v2',
];

/** The units and settings of a machine, plugins of networks, and a tool for containerd's developers. */
const WITHOUT = ['usr/share', 'usr/lib', 'etc', 'lib', 'usr/bin/ctr'];

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

/**
 * The programs of the engine of a generation: the machine's own where they are the same, else unpacked from the suite's
 * packages into the cache directory, once. Nothing is installed.
 * @throws Error in a sentence that names the generation, where they cannot be had here; the signal's reason
 */
export async function engineOf(source: ProgramSource, options: BringOptions): Promise<EnginePrograms> {
  const own = await dockerIn(SEARCH_PATH);
  if (source === 'host' || (await isTheHosts(source, own)))
    return { source, path: SEARCH_PATH, files: new Map(), ...versioned(own) };
  const dir = generationsDirectory(options.cacheDir);
  const root = join(dir, source);
  const packages = GENERATIONS[source].engine;
  await unpackPrograms({ name: source, what: 'Docker', dir, root, packages, without: WITHOUT, ready }, options);
  const path = [join(root, 'usr/sbin'), join(root, 'usr/bin'), SEARCH_PATH].join(delimiter);
  return {
    source,
    path,
    files: new Map(OF_A_MACHINE.map((each) => [`/${each}`, join(root, each)])),
    ...versioned(await dockerIn(path)),
  };
}

/** Whether the machine is of the generation, and its Docker too: it may be from elsewhere. */
async function isTheHosts(name: GenerationName, version: string | undefined): Promise<boolean> {
  const { suite, brings } = GENERATIONS[name];
  return suite === (await ownSuite()) && version?.split('+')[0] === brings.docker;
}

const versioned = (version: string | undefined): { version?: string } => (version === undefined ? {} : { version });

/** The version of the dockerd that is found there. @param path as PATH has it */
async function dockerIn(path: string): Promise<string | undefined> {
  const dockerd = findProgram('dockerd', { path });
  return dockerd && versionOf(dockerd, '--version').catch(() => undefined);
}

async function ready(root: string): Promise<void> {
  await versionOf(join(root, 'usr/sbin/dockerd'), '--version').catch((error: Error) => {
    throw new Error(`its dockerd does not run on this machine: ${error.message}`, { cause: error });
  });
}
