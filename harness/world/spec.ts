import type { RegistrySpec } from '../containers/registry/spec.ts';
import type { DockerSpec } from '../containers/spec.ts';
import type { GitlabSpec } from '../gitlab/spec.ts';
import type { ProxySpec } from '../proxy/spec.ts';

/**
 * A peer that can have other names than its own. An engine is one of Docker somewhere else, which says who it is; it has the names alone
 * that a declaration gives it.
 */
export type KnownPeer = 'gitlab' | 'storage' | 'registry' | 'proxy' | 'standby' | 'engine';

/** What stands around the subject in one case. */
export interface WorldSpec {
  readonly gitlab?: GitlabSpec;
  /** Without one, the subject reaches GitLab directly. */
  readonly proxy?: ProxySpec;
  /** A second proxy, `proxy2.test`: the one that takes over when the first is gone. */
  readonly standby?: ProxySpec;
  /** A Docker engine where the subject lives. */
  readonly docker?: DockerSpec;
  /** A registry, `registry.test`, which the proxy alone can reach. Needs `docker`, in whose engine it runs. */
  readonly registry?: RegistrySpec;
  /**
   * Where the names of GitLab and of the registry lead for the subject when it does not use the proxy: to the tripwire
   * (by default when there is a proxy), or to themselves (by default when there is none).
   */
  readonly direct?: 'tripwire' | 'gitlab';
  /**
   * Which names the subject can look up: all of the world (by default), or the proxies' alone. Then its lookups are recorded,
   * those of programs in a namespace included. Not for a world with `docker`, whose containers have names of their own.
   */
  readonly names?: 'all' | 'proxies';
  /**
   * Names and addresses, with ports, by which the peers are known besides their own, such as a customer's: `gitlab.corp.example:443`.
   * The first of GitLab's and of the registry's is the one that they give out themselves. Not for squid, which asks only for origins
   * that it was told of.
   */
  readonly knownAs?: Readonly<Record<string, KnownPeer>>;
  /** Those of `knownAs` that lead to their peer without the proxy, too; by default as `direct` says. */
  readonly open?: readonly string[];
  /** The subject will start programs that open connections themselves, such as git. */
  readonly children?: boolean;
}
