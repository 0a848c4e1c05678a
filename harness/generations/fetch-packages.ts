import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProgramError, run } from '../process/index.ts';
import { percentDecode } from '../url/index.ts';
import type { Generation } from './rows.ts';
import { suiteSource } from './suite.ts';

/** How long apt may take to get a suite's list, or some packages, in real milliseconds; 3 s are usual. */
const LIMIT_MS = 5 * 60_000;

/** Which packages. */
export interface WantedPackages {
  readonly packages: readonly string[];
  /** Whether libraries that they depend on are fetched as well, and theirs, as apt resolves it for an empty machine. */
  readonly libraries: boolean;
}

/** A package that was fetched. */
export interface FetchedPackage {
  readonly name: string;
  readonly version: string;
  readonly file: string;
}

/**
 * Fetches packages of a suite, which this machine's apt checks by the suite's signature. The machine's own package lists
 * and packages stay as they are.
 * @param dir an empty directory of the caller's; lists and packages are below it then
 * @throws Error that says why they cannot be had, as half a sentence; the signal's reason
 */
export async function fetchPackages(
  { suite, agesUnnoticed }: Generation,
  { packages: names, libraries }: WantedPackages,
  dir: string,
  signal?: AbortSignal,
): Promise<readonly FetchedPackage[]> {
  const { source } = await suiteSource(suite);
  const state = join(dir, 'state');
  const packages = join(dir, 'packages');
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(packages);
  const sources = join(dir, 'sources.list');
  await writeFile(sources, `${source}\n`);
  await writeFile(join(state, 'status'), '');
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'Dir::State': state,
    'Dir::State::status': join(state, 'status'),
    'Dir::Cache': join(dir, 'cache'),
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    // What is fetched lies where only root may look.
    'APT::Sandbox::User': 'root',
    ...(agesUnnoticed ? { 'Acquire::Check-Valid-Until': 'false' } : {}),
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const limits = { limitMs: LIMIT_MS, cwd: packages, ...(signal ? { signal } : {}) };
  try {
    // Without the last option it ends well where a list could not be had.
    await run('apt-get', [...options, '-q', '--error-on=any', 'update'], limits);
    const all = libraries ? await withLibraries(names, options, limits) : names;
    await run('apt-get', [...options, '-q', 'download', ...all], limits);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`apt-get says of ${suite}: ${lastWords(error)}`, { cause: error });
  }
  return (await readdir(packages)).filter((file) => file.endsWith('.deb')).map((file) => fetched(packages, file));
}

/** By Debian's names; Perl's, and those of an account's administration, nothing of ours has need of. */
const LIBRARY = /^lib(?!c-gconv|systemd-shared|semanage|sepol|debconf|pam-|.*perl|.*-dev$)/;

/** Whether a package is a library that programs are linked with. */
export const isLibrary = (name: string): boolean => LIBRARY.test(name);

async function withLibraries(
  names: readonly string[],
  options: readonly string[],
  limits: Parameters<typeof run>[2],
): Promise<readonly string[]> {
  const { stdout } = await run(
    'apt-get',
    [...options, '-s', '-q', '--no-install-recommends', 'install', ...names],
    limits,
  );
  const all = [...stdout.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name);
  return [...new Set([...names, ...all.filter(isLibrary)])];
}

/** The name of a package's file says what it is: `docker.io_28.5.2+dfsg4-5_amd64.deb`. A colon is written as %3a. */
function fetched(dir: string, file: string): FetchedPackage {
  const [name = '', version = ''] = file.split('_');
  return { name, version: percentDecode(version), file: join(dir, file) };
}

function lastWords(error: unknown): string {
  const said = error instanceof ProgramError ? error.stderr : '';
  const complaint = said.split('\n').findLast((line) => line.startsWith('E:'));
  return (complaint?.slice(2).trim() ?? (error as Error).message).replace(/\.$/, '');
}
