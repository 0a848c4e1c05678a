/**
 * The images that scenarios use; a folder of the same name below `docker/` makes each. What takes longest to make stands
 * first.
 */
export const IMAGE_NAMES = [
  'base',
  'job',
  'clients',
  'dind',
  'host',
  'helper',
  'small',
  'squid',
  'registry',
  'cntlm',
] as const;

/** The name of an image. */
export type ImageName = (typeof IMAGE_NAMES)[number];

/** The declaration of a world's Docker engine: a daemon of its own, in the subject's namespace. */
export interface DockerSpec {
  /**
   * What the daemon has from the start: every image (by default), or none, so that it must pull.
   */
  readonly images?: 'all' | 'none';
  /**
   * The daemon's own proxy variables, as a drop-in on docker.service would set them; none by default.
   * @param proxyUrl the world's proxy, credentials included
   */
  readonly environment?: (proxyUrl: string) => Readonly<Record<string, string>>;
  /**
   * The daemon's configuration file, `daemon.json`; none by default.
   * @param proxyUrl the world's proxy, credentials included
   */
  readonly config?: (proxyUrl: string) => Readonly<Record<string, unknown>>;
  /**
   * Where the daemon finds the CA of a proxy that opens TLS: in the machine's store, or in certs.d for the world's registry;
   * nowhere by default.
   */
  readonly trusts?: 'store' | 'certs.d';
  /** Registries (host:port) that the daemon talks plain http to; the world's own, where that is http, is always one. */
  readonly insecureRegistries?: readonly string[];
}
