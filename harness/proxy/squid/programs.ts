import { findProgram, probe } from '../../process/index.ts';

/** Squid's helper for each scheme, as its authors call it. */
const HELPERS = {
  basic: 'basic_ncsa_auth',
  digest: 'digest_file_auth',
  negotiate: 'negotiate_kerberos_auth',
} as const;

/** How squid asks who somebody is. */
export type SquidScheme = 'none' | keyof typeof HELPERS;

/** Where the parts of squid are on this machine. */
export interface SquidPrograms {
  readonly squid: string;
  /** Such as `squid 5.7`. */
  readonly product: string;
  /** The helper's path; none for no authentication. */
  readonly helper: string | undefined;
  /** Ends a program together with us, where there is one. */
  readonly setpriv: string | undefined;
}

/** How long squid may take to say its version, in real milliseconds. */
const VERSION_LIMIT_MS = 10_000;
/** Where its authors put it, beside the system's own directories. */
const SQUID_FOLDERS = ['/usr/local/squid/sbin'];
const HELPER_FOLDERS = ['/usr/lib/squid', '/usr/libexec/squid', '/usr/lib64/squid', '/usr/lib/squid3'];

let found: Promise<Omit<SquidPrograms, 'helper'>> | undefined;

/**
 * Finds squid and what it needs for a scheme, and asks it for its version, once.
 * @throws Error when something is not there
 */
export async function squidPrograms(scheme: SquidScheme): Promise<SquidPrograms> {
  found ??= find();
  const helper = scheme === 'none' ? undefined : findProgram(HELPERS[scheme], { path: '', places: HELPER_FOLDERS });
  if (scheme !== 'none' && !helper) throw missing(HELPERS[scheme]);
  return { ...(await found), helper };
}

async function find(): Promise<Omit<SquidPrograms, 'helper'>> {
  const squid = findProgram('squid', { places: SQUID_FOLDERS });
  if (!squid) throw missing('squid');
  const { stdout } = await probe({ path: squid, args: ['-v'], limitMs: VERSION_LIMIT_MS });
  const version = /Version (\S+)/.exec(stdout)?.[1] ?? 'of an unknown version';
  return { squid, product: `squid ${version}`, setpriv: findProgram('setpriv') };
}

const missing = (name: string): Error =>
  new Error(`${name} is not installed here. On Debian or Ubuntu \`apt-get install squid\` brings it.`);
