import { hash } from 'node:crypto';
import type { Credentials } from '../auth/index.ts';
import { REALM } from '../auth/index.ts';
import type { InterceptsSpec } from '../spec.ts';
import type { SquidPrograms, SquidScheme } from './programs.ts';

/** Files in squid's own directory, which is its working directory: none of its paths needs the way there. */
export const FILES = {
  configuration: 'squid.conf',
  passwords: 'passwords',
  users: 'users',
  keytab: 'keytab',
  kerberos: 'krb5.conf',
  hosts: 'hosts',
  /** Certificate and key of the authority that squid opens TLS with, and what it sends behind each certificate. */
  authority: 'authority.pem',
  /** Whom squid believes what an origin says of itself. */
  trusted: 'trusted.pem',
  /** Certificates that squid has made, a directory of its helper's. */
  certificates: 'certificates',
} as const;

/** In place of an empty list, of which squid complains. */
const NOBODY = 'nobody.invalid';

/** An origin of the world that squid has been told of. */
export interface KnownOrigin {
  readonly name: string;
  readonly port: number;
  readonly address: string;
}

/** What squid writes of every request, for `parseAccessLine`. */
const LOG_FORMAT = '%>p %Ss %03>Hs %<st %tr %rm %ru %#un';

/**
 * The configuration of one squid: a proxy as a company has one, but with nothing cached, nothing on disk, and no way
 * to anything but the world's own origins.
 */
export function squidConfiguration(options: {
  readonly scheme: SquidScheme;
  readonly programs: SquidPrograms;
  readonly port: number;
  readonly logPort: number;
  readonly origins: readonly KnownOrigin[];
  /** The proxy's own principal, for Negotiate. */
  readonly service?: string;
  /** Whose TLS is opened; nobody's when left out. */
  readonly opening?: Opening;
}): string {
  const { port, logPort, opening } = options;
  return `${[
    `http_port 127.0.0.1:${port}${opening ? ` ${OPENS}` : ''}`,
    ...(opening ? openingLines(opening, options.programs) : []),
    ...options.programs.settings,
    'visible_hostname proxyproof-squid',
    'workers 1',
    'pid_filename none',
    'cache deny all',
    'cache_mem 0',
    'memory_pools off',
    'pinger_enable off',
    'netdb_filename none',
    'digest_generation off',
    'cache_store_log none',
    'cache_log stdio:/dev/null',
    'coredump_dir none',
    'shutdown_lifetime 0 seconds',
    'error_default_language en',
    `logformat proxyproof ${LOG_FORMAT}`,
    `access_log tcp://127.0.0.1:${logPort} logformat=proxyproof`,
    'buffered_logs off',
    `hosts_file ${FILES.hosts}`,
    // Names that are not in the hosts file are nobody's: nothing is asked of the machine's own name servers.
    'dns_nameservers 127.0.0.1',
    ...authentication(options),
    ...ways(options.origins),
    'http_access deny all',
  ].join('\n')}\n`;
}

/** Which tunnels are opened. */
export interface Opening {
  /** Everything by default. */
  readonly opens?: InterceptsSpec['opens'];
  readonly gitlabHost: string;
}

/** The least memory for certificates that squid 5 starts with. */
const CERTIFICATE_MEMORY = '4MB';

const OPENS = `ssl-bump tls-cert=${FILES.authority} generate-host-certificates=on dynamic_cert_mem_cache_size=${CERTIFICATE_MEMORY}`;

/** How the helper that makes certificates is called. It makes its directory first: squid does not. */
export const certificateArguments = ['-s', FILES.certificates, '-M', CERTIFICATE_MEMORY] as const;

/** Squid looks at the name that a client asks for, and then opens the tunnel, or joins both ends as they are. */
function openingLines({ opens = 'everything', gitlabHost }: Opening, { certificates }: SquidPrograms): string[] {
  const gitlab = `acl gitlab ssl::server_name ${gitlabHost}`;
  const splice = {
    everything: [],
    'all-but-gitlab': [gitlab, 'ssl_bump splice gitlab'],
    'gitlab-alone': [gitlab, 'ssl_bump splice !gitlab'],
  }[opens];
  return [
    `sslcrtd_program ${certificates} ${certificateArguments.join(' ')}`,
    'sslcrtd_children 1 startup=1 idle=1',
    // An origin is believed by the world's own authority alone, as by every other proxy of ours.
    `tls_outgoing_options cafile=${FILES.trusted} default-ca=off`,
    'acl hello at_step SslBump1',
    'ssl_bump peek hello',
    ...splice,
    'ssl_bump bump all',
  ];
}

/**
 * What squid and its helper for the scheme read about who is right: a file's name and its text.
 * @param realm the Kerberos realm, for Negotiate
 */
export function accountFile(
  scheme: SquidScheme,
  right: Credentials | undefined,
  realm = '',
): readonly [name: string, text: string] | undefined {
  if (scheme === 'none') return undefined;
  if (scheme === 'negotiate') return [FILES.users, right ? `${right.user}@${realm}\n` : `${NOBODY}\n`];
  if (!right) return [FILES.passwords, ''];
  const { user, password } = right;
  const line =
    scheme === 'basic'
      ? `${user}:${hash('md5', password)}`
      : `${user}:${REALM}:${hash('md5', `${user}:${REALM}:${password}`)}`;
  return [FILES.passwords, `${line}\n`];
}

/**
 * Variables for squid's Kerberos helper: the realm's configuration in place of this machine's, and its record of what
 * it has seen, by which it refuses what is said again, in squid's own directory.
 */
export const kerberosEnvironment = {
  KRB5_CONFIG: FILES.kerberos,
  KRB5RCACHENAME: 'file2:replays',
} as const;

/** Lets through what goes to an origin of the world by a name and a port of its own: by no other port of that name. */
function ways(origins: readonly KnownOrigin[]): string[] {
  const web = ['acl tunnels method CONNECT', 'acl web proto HTTP HTTPS'];
  const each = origins.flatMap(({ name, port }, index) => [
    `acl name${index} dstdomain -n ${name}`,
    `acl port${index} port ${port}`,
    `http_access allow tunnels name${index} port${index}`,
    `http_access allow web name${index} port${index}`,
  ]);
  return origins.length > 0 ? [...web, ...each] : [];
}

type Asking = Pick<Parameters<typeof squidConfiguration>[0], 'scheme' | 'programs' | 'service' | 'opening'>;

function authentication(asking: Asking): string[] {
  const { scheme } = asking;
  if (scheme === 'none') return [];
  return [
    ...helperLines(asking, scheme),
    `auth_param ${scheme} children 1 startup=1 idle=1`,
    // A ticket only says who somebody is; whom the proxy lets in is a list of its own.
    scheme === 'negotiate' ? `acl authenticated proxy_auth "${FILES.users}"` : 'acl authenticated proxy_auth REQUIRED',
    'http_access deny !authenticated',
  ];
}

function helperLines({ programs, service, opening }: Asking, scheme: Exclude<SquidScheme, 'none'>): string[] {
  const program = `auth_param ${scheme} program ${programs.helper}`;
  switch (scheme) {
    case 'basic':
      return [
        `${program} ${FILES.passwords}`,
        'auth_param basic casesensitive on',
        // Zero makes squid 5 wait for ever. One that opens tunnels asks again inside of them, and where it has forgotten the
        // credentials by then it answers 407 in the place of TLS.
        `auth_param basic credentialsttl ${opening ? '1 day' : '1 second'}`,
        `auth_param basic realm ${REALM}`,
      ];
    case 'digest':
      return [
        `${program} -c ${FILES.passwords}`,
        'auth_param digest nonce_garbage_interval 1 minute',
        `auth_param digest realm ${REALM}`,
      ];
    case 'negotiate':
      return [`${program} -k ${FILES.keytab} -s ${service}`];
  }
}
