import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildImages,
  ImageStore,
  type OfficialImages,
  type Say,
  useOfficial,
  useOwnHelper,
  useStore,
} from '../containers/index.ts';
import {
  type BringOptions,
  type EnginePrograms,
  engineOf,
  type GenerationChoice,
  HOST_CHOICE,
  type SquidInstallation,
  squidOf,
} from '../generations/index.ts';
import { RepositoryStore } from '../gitlab/index.ts';
import { homeDirectory } from '../process/index.ts';
import type { CertificateAuthority } from '../tls/index.ts';
import { compileHolder, machineIsolation } from './namespace/index.ts';
import { Once } from './once.ts';
import { makeRunDirectory, removeRunDirectory } from './run-directory.ts';
import { Teardown } from './teardown.ts';

/** What the worlds of one run share. */
export interface RunContext {
  /** The run's label: every process and temporary file of it bears it. */
  readonly id: string;
  /** The run's temporary directory. */
  readonly dir: string;
  /** The run's private certificate authority, made when it is first asked for. */
  ca(): Promise<CertificateAuthority>;
  /** The repositories that worlds of the run have in common. */
  readonly repositories: RepositoryStore;
  /**
   * The images that engines of the run begin with, made now where they are not there yet.
   * @throws Error that says what cannot be made
   */
  images(): Promise<ImageStore>;
  /** Why there are no images, once making them has failed. */
  readonly imagesFailure?: string | undefined;
  /**
   * The programs of the engines of the run, got now where they are not there yet.
   * @throws Error that says why they cannot be had
   */
  engine(): Promise<EnginePrograms>;
  /** Why there is no engine, once getting it has failed. */
  readonly engineFailure?: string | undefined;
  /** Which Docker it is, once it has been got. */
  readonly engineVersion?: string | undefined;
  /**
   * The squid of the run's proxies, got now where it is not there yet; undefined where it is the machine's own.
   * @throws Error that says why it cannot be had
   */
  squid(): Promise<SquidInstallation | undefined>;
  /** Why there is no squid, once getting it has failed. */
  readonly squidFailure?: string | undefined;
  /** Which squid it is, once it has been got; undefined where it is the machine's own. */
  readonly squidVersion?: string | undefined;
  /** Where the compiled code of the program is that holds a namespace, made now where it is not there yet. */
  compiled(): Promise<string>;
  /** Where images are kept between runs. */
  readonly cacheDir: string;
  /** Directories and files of this machine that a subject needs, wherever they are: its program. */
  readonly visible: readonly string[];
  /** Directories and files that a subject must not see, besides those that none does. */
  readonly hidden: readonly string[];
  /** What this machine can do to keep a subject from going around the proxy. */
  readonly isolation: 'namespace' | 'names';
  /** Why it cannot do more, as half a sentence. */
  readonly isolationReason?: string;
  /** A number from 0 up to 1, as `Math.random` gives. */
  random(): number;
  /** Real milliseconds since the run began. */
  elapsed(): number;
  /** Counts the worlds of the run, from 1. */
  nextWorld(): number;
}

/** How a run is set up. */
export interface RunContextOptions {
  /** Where its temporary directory is made; the system's place by default. */
  readonly root?: string;
  /** `names` does without namespaces though the machine may have them. */
  readonly isolation?: 'names';
  readonly random?: () => number;
  /** Where images are kept between runs; see `defaultCacheDirectory`. */
  readonly cacheDir?: string;
  /** What a subject needs of this machine's files, such as its program; a namespace hides temporary directories. */
  readonly visible?: readonly string[];
  /** What a subject must not see, such as reports. */
  readonly hidden?: readonly string[];
  /** Told of what takes long: making images. */
  readonly say?: Say;
  /** Public images in place of ours. */
  readonly official?: OfficialImages;
  /** Where the peers' programs come from; the machine's own by default. */
  readonly generations?: GenerationChoice;
  /** The subject's own helper program, for the helper image; not looked at where that is a public one. */
  readonly helperProgram?: string;
  /** Ends the making of images. */
  readonly signal?: AbortSignal;
}

/** Nothing says where this tool may keep anything. */
class NoHomeError extends Error {
  override readonly name = 'NoHomeError';
}

/**
 * Where this tool keeps what it can make or fetch again (XDG Base Directory Specification).
 * @throws NoHomeError where nothing says so
 */
export function defaultCacheDirectory(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = homeDirectory();
  if (env['XDG_CACHE_HOME']) return join(env['XDG_CACHE_HOME'], 'proxyproof');
  if (home !== undefined) return join(home, '.cache', 'proxyproof');
  throw new NoHomeError(
    `There is no place for images and downloads: HOME is not set, and user id ${process.getuid?.()} has no entry in /etc/passwd. Set HOME or XDG_CACHE_HOME to a directory that can be written.`,
  );
}

/**
 * Sets up what the worlds of a run share. Disposing removes its temporary directory; the worlds must be down by then.
 * @throws Error when the temporary directory cannot be made
 */
export async function createRunContext(options: RunContextOptions = {}): Promise<RunContext & AsyncDisposable> {
  const began = performance.now();
  const machine = await machineIsolation();
  const { dir, run } = await makeRunDirectory(options.root);
  const teardown = new Teardown(`the run ${run.label}`);
  teardown.step(`using the temporary directory ${dir}`, () => removeRunDirectory(dir));
  const authority = new Once(makeAuthority);
  const images = new Once(() => makeImages(options, teardown));
  const engine = new Once(() => engineOf(generationsOf(options).docker, bringing(options)));
  const squid = new Once(() => squidOf(generationsOf(options).squid, bringing(options)));
  const compiled = new Once(() => compileIn(join(dir, 'compiled')));
  let worlds = 0;
  const reason = options.isolation === 'names' ? 'it was not asked for' : machine.kind === 'names' && machine.reason;
  return {
    id: run.label,
    dir,
    ca: authority.get,
    images: images.get,
    get imagesFailure() {
      return images.failure;
    },
    engine: engine.get,
    get engineVersion() {
      return engine.value?.version;
    },
    get engineFailure() {
      return engine.failure;
    },
    squid: squid.get,
    get squidVersion() {
      return squid.value?.version;
    },
    get squidFailure() {
      return squid.failure;
    },
    compiled: compiled.get,
    repositories: new RepositoryStore(join(dir, 'repositories')),
    cacheDir: options.cacheDir ?? defaultCacheDirectory(),
    visible: options.visible ?? [],
    hidden: options.hidden ?? [],
    isolation: options.isolation ?? machine.kind,
    ...(reason ? { isolationReason: reason } : {}),
    random: options.random ?? Math.random,
    elapsed: () => performance.now() - began,
    nextWorld: () => ++worlds,
    [Symbol.asyncDispose]: () => teardown[Symbol.asyncDispose](),
  };
}

async function compileIn(dir: string): Promise<string> {
  await mkdir(dir);
  await compileHolder(dir);
  return dir;
}

async function makeImages(options: RunContextOptions, teardown: Teardown): Promise<ImageStore> {
  const { official, helperProgram } = options;
  const { cacheDir, ...making } = bringing(options);
  const store = await ImageStore.open(cacheDir, generationsOf(options).images);
  // First of all: what is here now is here for the whole run.
  teardown.step('using images', await useStore(store, making));
  await buildImages(store, making);
  if (official) await useOfficial(store, official, making);
  else if (helperProgram !== undefined) await useOwnHelper(store, helperProgram, making);
  return store;
}

const generationsOf = ({ generations = HOST_CHOICE }: RunContextOptions): GenerationChoice => generations;

const bringing = ({ cacheDir = defaultCacheDirectory(), say, signal }: RunContextOptions): BringOptions => ({
  cacheDir,
  say,
  signal,
});

/** Loaded late: the certificate library takes longer to load than a world takes to come up. */
async function makeAuthority(): Promise<CertificateAuthority> {
  const { createCertificateAuthority } = await import('../tls/index.ts');
  return createCertificateAuthority('Proxyproof run CA');
}
