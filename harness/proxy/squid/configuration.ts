import { hash } from 'node:crypto';
import type { Credentials } from '../auth/index.ts';
import { REALM } from '../auth/index.ts';
import type { SquidPrograms } from './programs.ts';

/** Files in squid's own directory, which is its working directory: none of its paths needs the way there. */
export const FILES = {
  configuration: 'squid.conf',
  passwords: 'passwords',
  hosts: 'hosts',
  origins: 'origins',
} as const;

/** What squid writes of every request, for `parseAccessLine`. */
const LOG_FORMAT = '%>p %Ss %03>Hs %<st %tr %rm %ru %[un';

/**
 * The configuration of one squid: a proxy as a company has one, but with nothing cached, nothing on disk, and no way
 * to anything but the world's own origins.
 */
export function squidConfiguration(options: {
  readonly scheme: 'none' | 'basic' | 'digest';
  readonly programs: SquidPrograms;
  readonly port: number;
  readonly logPort: number;
}): string {
  const { scheme, programs, port, logPort } = options;
  return `${[
    `http_port 127.0.0.1:${port}`,
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
    ...authentication(scheme, programs),
    `acl origins dstdomain -n "${FILES.origins}"`,
    'http_access deny !origins',
    'deny_info 503:ERR_DNS_FAIL origins',
    'http_access allow all',
  ].join('\n')}\n`;
}

/** The file that squid's helper for the scheme reads. */
export function passwordFile(scheme: 'none' | 'basic' | 'digest', right: Credentials | undefined): string {
  if (!right || scheme === 'none') return '';
  const { user, password } = right;
  return scheme === 'basic'
    ? `${user}:${hash('md5', password)}\n`
    : `${user}:${REALM}:${hash('md5', `${user}:${REALM}:${password}`)}\n`;
}

function authentication(scheme: 'none' | 'basic' | 'digest', programs: SquidPrograms): string[] {
  if (scheme === 'none') return [];
  const lines =
    scheme === 'basic'
      ? [
          `auth_param basic program ${programs.basicHelper} ${FILES.passwords}`,
          'auth_param basic casesensitive on',
          // Zero makes squid 5 wait for ever.
          'auth_param basic credentialsttl 1 second',
        ]
      : [
          `auth_param digest program ${programs.digestHelper} -c ${FILES.passwords}`,
          'auth_param digest nonce_garbage_interval 1 minute',
        ];
  return [
    ...lines,
    `auth_param ${scheme} realm ${REALM}`,
    `auth_param ${scheme} children 1 startup=1 idle=1`,
    'acl authenticated proxy_auth REQUIRED',
    'http_access deny !authenticated',
  ];
}
