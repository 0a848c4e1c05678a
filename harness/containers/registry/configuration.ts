import { randomBytes } from 'node:crypto';
import { stringify } from 'yaml';

/** How a registry has the tokens of its clients checked: `auth.token` of distribution's configuration. */
export interface TokenAuth {
  /** Where clients get their tokens. */
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** PEM of the certificate whose key signs the tokens. */
  readonly certPem: string;
}

/** Paths in the registry's container. */
export const INSIDE = {
  configuration: '/etc/docker/registry/config.yml',
  certificate: '/etc/docker/registry/token.pem',
  /** The directory that the host sees, too. */
  shared: '/registry',
  /** Contents that many cases share; only read. */
  held: '/held',
} as const;

/** Names below the shared directory. */
export const SHARED = { socket: 'socket', storage: 'storage' } as const;

/**
 * The configuration of the distribution registry for one case: it listens on a socket alone, which is how it needs no
 * network, and keeps what it is given below the shared directory.
 * Source: https://distribution.github.io/distribution/about/configuration/
 */
export function configuration(auth: TokenAuth | undefined): string {
  return stringify({
    version: 0.1,
    log: { level: 'warn', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: `${INSIDE.shared}/${SHARED.storage}` },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { net: 'unix', addr: `${INSIDE.shared}/${SHARED.socket}`, secret: randomBytes(16).toString('hex') },
    ...(auth
      ? {
          auth: {
            token: {
              realm: auth.realm,
              service: auth.service,
              issuer: auth.issuer,
              rootcertbundle: INSIDE.certificate,
            },
          },
        }
      : {}),
  });
}
