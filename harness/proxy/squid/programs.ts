import type { SquidInstallation } from '../../generations/index.ts';
import {
  CERTIFICATE_HELPER,
  findOpeningSquid,
  findProgram,
  findSquid,
  findSquidHelper,
  probe,
} from '../../process/index.ts';

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
  /** What makes certificates for hosts; none in a squid that opens no tunnels. */
  readonly certificates: string | undefined;
  /** Lines of its configuration that go with where it is; none for one that is installed. */
  readonly settings: readonly string[];
  /** Ends a program together with us, where there is one. */
  readonly setpriv: string | undefined;
}

/** How long squid may take to say its version, in real milliseconds. */
const VERSION_LIMIT_MS = 10_000;

const products = new Map<string, Promise<string>>();

/**
 * Squid and what it needs for a scheme: what is installed, or else where.
 * @param opens it is to open the TLS in tunnels
 * @throws Error when something is not there
 */
export async function squidPrograms(
  scheme: SquidScheme,
  opens: boolean,
  other?: SquidInstallation,
): Promise<SquidPrograms> {
  const helper = scheme === 'none' ? undefined : HELPERS[scheme];
  if (!other) return installed(helper, opens);
  return {
    squid: opens ? other.opening : other.squid,
    product: `squid ${other.version}`,
    helper: helper && other.helper(helper),
    certificates: opens ? other.helper(CERTIFICATE_HELPER) : undefined,
    settings: other.settings,
    setpriv: findProgram('setpriv'),
  };
}

/** What this machine has. Squid is asked for its version once. */
async function installed(name: string | undefined, opens: boolean): Promise<SquidPrograms> {
  const opening = opens ? findOpeningSquid() : undefined;
  if (opens && !opening) throw missing('a squid with OpenSSL', 'squid-openssl');
  const squid = opening?.squid ?? findSquid();
  if (!squid) throw missing('squid');
  const helper = name === undefined ? undefined : findSquidHelper(name);
  if (name !== undefined && !helper) throw missing(name);
  const product = products.get(squid) ?? askVersion(squid);
  products.set(squid, product);
  return {
    squid,
    product: await product,
    helper,
    certificates: opening?.certificates,
    settings: [],
    setpriv: findProgram('setpriv'),
  };
}

async function askVersion(squid: string): Promise<string> {
  const { stdout } = await probe({ path: squid, args: ['-v'], limitMs: VERSION_LIMIT_MS });
  return `squid ${/Version (\S+)/.exec(stdout)?.[1] ?? 'of an unknown version'}`;
}

const missing = (name: string, of = 'squid'): Error =>
  new Error(`${name} is not installed here. On Debian or Ubuntu \`apt-get install ${of}\` brings it.`);
