import { findProgram } from './find-program.ts';

/**
 * Where the launcher unpacks Debian's package squid-openssl, which cannot be installed beside squid: both have the same paths.
 * Squid runs as an account of its own, which cannot look into anybody's cache directory.
 */
const UNPACKED = '/usr/local/lib/proxyproof/squid-openssl';
/** Where its authors put it, beside the system's own directories. */
const SQUID_FOLDERS = ['/usr/local/squid/sbin'];
const HELPER_FOLDERS = ['/usr/lib/squid', '/usr/libexec/squid', '/usr/lib64/squid', '/usr/lib/squid3'];

/** Looks up a helper of squid's, as its authors call it. */
export const findSquidHelper = (name: string): string | undefined =>
  findProgram(name, { path: '', places: HELPER_FOLDERS });

/** Looks up squid, of whatever kind. */
export const findSquid = (): string | undefined => findProgram('squid', { places: SQUID_FOLDERS });

/** A squid that can open the TLS in tunnels: it was built with OpenSSL. */
export interface OpeningSquid {
  readonly squid: string;
  /** The helper that makes certificates for hosts; only such a squid comes with one. */
  readonly certificates: string;
}

/** Squid's helper that makes certificates for hosts. */
export const CERTIFICATE_HELPER = 'security_file_certgen';

/** What a squid with OpenSSL is called: since Debian 13 it has a name of its own, beside the one with GnuTLS. */
const NAMES = ['squid-openssl', 'squid'];

/** Looks up a squid that was built with OpenSSL: the one that is installed, or the one that the launcher unpacked. */
export const findOpeningSquid = (): OpeningSquid | undefined =>
  whole(findSquidHelper(CERTIFICATE_HELPER), (name) => findProgram(name, { places: SQUID_FOLDERS })) ??
  whole(findProgram(CERTIFICATE_HELPER, { path: `${UNPACKED}/usr/lib/squid` }), (name) =>
    findProgram(name, { path: `${UNPACKED}/usr/sbin` }),
  );

function whole(certificates: string | undefined, find: (name: string) => string | undefined): OpeningSquid | undefined {
  const squid = NAMES.map(find).find((each) => each !== undefined);
  return squid !== undefined && certificates !== undefined ? { squid, certificates } : undefined;
}
