import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { ownSuite, suiteSource } from '../../generations/index.ts';
import { ProgramError } from '../../process/index.ts';
import { runInOwnMounts } from '../engine/run-in-own-mounts.ts';
import { followProgress } from '../follow-progress.ts';
import type { Say } from './making.ts';

/** The public image that everything builds on where a registry can be reached. */
const publicImage = (suite = 'bookworm'): string => `debian:${suite}-slim`;
/** How long a registry may take to begin to answer, in real milliseconds. */
const PULL_LIMIT_MS = 15_000;
/** How long making Debian from its packages may take; 15 s are usual. */
const MAKE_LIMIT_MS = 10 * 60_000;

/** Where Debian is brought, and how. */
export interface BringDebianOptions {
  readonly docker: Docker;
  /** What it is called then. */
  readonly tag: string;
  /** Which suite, where that is not the machine's own. */
  readonly suite?: string | undefined;
  /** A directory of the caller's, for what is needed meanwhile. */
  readonly dir: string;
  /** Told what is done. */
  readonly say: Say;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings Debian into a daemon: the public image where it can be pulled, else one made from Debian's (or Ubuntu's)
 * packages on the spot, with the package sources of this machine.
 * @throws Error that says what failed and what to do; the signal's reason
 */
export async function bringDebian({ docker, tag, suite, dir, say, signal }: BringDebianOptions): Promise<void> {
  const [repo = tag, version = 'latest'] = tag.split(':');
  const image = publicImage(suite);
  if (await pulled(docker, image)) {
    await docker.getImage(image).tag({ repo, tag: version });
    return;
  }
  say(`making a Debian image from packages, since ${image} cannot be pulled …`);
  const place = join(dir, 'debian');
  await mkdir(place);
  try {
    const file = join(place, 'debian.tar');
    await make(file, suite, place, signal);
    const importing = await docker.importImage(createReadStream(file), { repo, tag: version });
    await followProgress(docker, importing);
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

async function pulled(docker: Docker, image: string): Promise<boolean> {
  const signal = AbortSignal.timeout(PULL_LIMIT_MS);
  try {
    await followProgress(docker, await docker.createImage({ fromImage: image, abortSignal: signal }));
    return true;
  } catch {
    return false;
  }
}

async function make(
  file: string,
  foreign: string | undefined,
  dir: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const suite = foreign ?? (await ownSuite());
  if (!suite) {
    throw new Error(
      'The images cannot be made: no registry can be reached for a base, and this is neither Debian nor Ubuntu. Import them with proxyproof images --import FILE.',
    );
  }
  const options = [
    'force-unsafe-io',
    'path-exclude=/usr/share/doc/*',
    'path-exclude=/usr/share/man/*',
    'path-exclude=/usr/share/locale/*',
  ];
  const { source, settings } = foreign === undefined ? OWN_SOURCES : await suiteSource(foreign);
  const args = [
    '--variant=minbase',
    ...options.map((each) => `--dpkgopt=${each}`),
    ...settings.map((each) => `--aptopt=${each}`),
    suite,
    file,
    ...(source === undefined ? packageSources() : [source]),
  ];
  try {
    // It mounts, and has its temporary files where TMPDIR says.
    await runInOwnMounts('mmdebstrap', args, { limitMs: MAKE_LIMIT_MS, env: { TMPDIR: dir }, signal });
  } catch (error) {
    signal?.throwIfAborted();
    const said = error instanceof ProgramError ? error.stderr.trim() || error.message : String(error);
    const last = said.split('\n').at(-1)?.replace(/\.$/, '');
    throw new Error(
      `A Debian image cannot be made from packages: ${last}. Install mmdebstrap and check the machine's package sources, or import images with proxyproof images --import FILE.`,
      { cause: error },
    );
  }
}

/** The distribution's own sources; those of others would need keys that the image does not have. */
const SOURCES = [
  '/etc/apt/sources.list',
  '/etc/apt/sources.list.d/debian.sources',
  '/etc/apt/sources.list.d/ubuntu.sources',
];

/** The machine's own suite is had as the machine has it. */
const OWN_SOURCES = { source: undefined, settings: [] } as const;

const packageSources = (): string[] => SOURCES.filter((file) => existsSync(file));
