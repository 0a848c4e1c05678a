/** Files in a realm's own directory, which is its programs' working directory. */
export const FILES = {
  client: 'krb5.conf',
  kdc: 'kdc.conf',
  database: 'principals',
  stash: 'stash',
} as const;

/** Ciphers that every Kerberos in use knows (RFC 3962), so that old clients get tickets, too. */
const CIPHERS = 'aes256-cts-hmac-sha1-96 aes128-cts-hmac-sha1-96';

/**
 * The krb5.conf of a machine in the realm. Names are taken as they stand: nothing is asked of a name server, and the
 * KDC is spoken to by TCP alone. Tickets are kept where TMPDIR says, so that no two machines in one find each other's.
 * @param kdc its host and port
 * @param services names of hosts that belong to the realm
 */
export function clientConfiguration(realm: string, kdc: string, services: readonly string[]): string {
  return `[libdefaults]
  default_realm = ${realm}
  dns_lookup_kdc = false
  dns_lookup_realm = false
  dns_canonicalize_hostname = false
  rdns = false
  udp_preference_limit = 1
  default_ccache_name = FILE:%{TEMP}/krb5cc_%{uid}
[realms]
  ${realm} = {
    kdc = ${kdc}
  }
[domain_realm]
${services.map((name) => `  ${name} = ${realm}\n`).join('')}`;
}

/** The kdc.conf of a realm whose KDC listens on a free port of loopback, by TCP. */
export function kdcConfiguration(realm: string): string {
  return `[kdcdefaults]
  kdc_listen = ""
  kdc_tcp_listen = 127.0.0.1:0
[realms]
  ${realm} = {
    database_name = ${FILES.database}
    key_stash_file = ${FILES.stash}
    supported_enctypes = ${CIPHERS.split(' ')
      .map((cipher) => `${cipher}:normal`)
      .join(' ')}
    max_life = 10h
  }
[logging]
  kdc = STDERR
`;
}

/** The variables by which Kerberos' programs find a realm's files, whatever this machine's own /etc has. */
export const kerberosEnvironment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C',
  KRB5_CONFIG: FILES.client,
  KRB5_KDC_PROFILE: FILES.kdc,
} as const;
