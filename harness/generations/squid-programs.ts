import { join } from 'node:path';
import { findSquid } from '../process/index.ts';
import { accountsDirectory } from './place.ts';
import { GENERATIONS, type GenerationName, type ProgramSource } from './rows.ts';
import { ownSuite } from './suite.ts';
import { type BringOptions, unpackPrograms, versionOf } from './unpack-programs.ts';
import { makeWrappers, WRAPPERS } from './wrappers.ts';

/** Where Debian has squid's helpers, in a root. */
const HELPERS = 'usr/lib/squid';
/** The same of squid: trixie and later have two, and the one's package makes a link to choose. */
const PLAIN = ['usr/sbin/squid-gnutls', 'usr/sbin/squid'];
const OPENING = ['usr/sbin/squid-openssl', 'usr/sbin/squid'];
/** What of libraries is for other programs. */
const WITHOUT = ['usr/bin', 'usr/lib/systemd', 'usr/share/doc', 'usr/share/man', 'usr/share/locale', 'var'];

/** A squid that is not installed. */
export interface SquidInstallation {
  readonly squid: string;
  /** The one that opens TLS. */
  readonly opening: string;
  /** A helper, by the name that its authors gave it. */
  readonly helper: (name: string) => string;
  /** Lines of squid.conf, without which it looks for its files where they would be installed. */
  readonly settings: readonly string[];
  /** What it says of itself, such as `7.7`. */
  readonly version: string;
}

/**
 * The squid of a generation, unpacked once from the suite's packages with the libraries that they ask for, and started by
 * that suite's own loader: a machine of another suite may have an older libc.
 * @returns undefined where the machine's own is the same
 * @throws Error in a sentence that names the generation, where it cannot be had here; the signal's reason
 */
export async function squidOf(source: ProgramSource, options: BringOptions): Promise<SquidInstallation | undefined> {
  if (source === 'host' || (await isTheHosts(source))) return undefined;
  const dir = await accountsDirectory(options.cacheDir);
  const root = join(dir, `${source}-squid`);
  const packages = GENERATIONS[source].squid;
  await unpackPrograms(
    { name: source, what: 'squid', dir, root, packages, libraries: true, without: WITHOUT, ready },
    options,
  );
  const squid = join(root, WRAPPERS, 'squid');
  return {
    squid,
    opening: join(root, WRAPPERS, 'squid-openssl'),
    helper: (name) => join(root, WRAPPERS, name),
    settings: [
      `error_directory ${join(root, 'usr/share/squid-langpack/en')}`,
      `err_page_stylesheet ${join(root, 'etc/squid/errorpage.css')}`,
      `mime_table ${join(root, 'usr/share/squid/mime.conf')}`,
      `icon_directory ${join(root, 'usr/share/squid/icons')}`,
    ],
    version: (await versionOf(squid, '-v')) ?? GENERATIONS[source].brings.squid,
  };
}

/** Whether the machine is of the generation, and its squid too: it may be from elsewhere. */
async function isTheHosts(name: GenerationName): Promise<boolean> {
  const { suite, brings } = GENERATIONS[name];
  const squid = findSquid();
  if (suite !== (await ownSuite()) || squid === undefined) return false;
  return (await versionOf(squid, '-v').catch(() => undefined)) === brings.squid;
}

async function ready(root: string): Promise<void> {
  await makeWrappers(root, { squid: PLAIN, 'squid-openssl': OPENING }, HELPERS);
  for (const each of ['squid', 'squid-openssl']) {
    await versionOf(join(root, WRAPPERS, each), '-v').catch((error: Error) => {
      throw new Error(`its ${each} does not run on this machine: ${error.message}`, { cause: error });
    });
  }
}
