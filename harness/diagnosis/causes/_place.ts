import type { Failure } from '../failures/failure.ts';
import type { Picture } from '../picture/picture.ts';

/**
 * What a host is that the proxy was asked for: GitLab, a registry, or a cache of the customer's own; a service's name in a job; another host of
 * the customer's own; one outside.
 */
export type HostPlace = 'gitlab' | 'registry' | 'cache' | 'service' | 'internal' | 'external';

const REGISTRY = /(?:^|[.-])(?:registry|harbor|nexus|artifactory|jfrog|quay|mirror|docker|images|cr|oci)(?:[.\d-]|$)/i;

/** What the host of a failure is; `external` where no target is known. */
export function hostPlaceOf(picture: Picture, { target, who }: Failure): HostPlace {
  if (!target) return 'external';
  const { host } = target;
  if (!host.includes('.') || who === 'docker-cli') return 'service';
  if (!picture.isInternal(host)) return 'external';
  if (picture.runners.some(({ cache }) => cache?.serverAddress?.toLowerCase().split(':')[0] === host)) return 'cache';
  if (who === 'daemon' || who === 'dind') return 'registry';
  if (picture.gitlabHosts.includes(host) || who === 'runner' || who === 'register') return 'gitlab';
  if (REGISTRY.test(host)) return 'registry';
  return who === 'git' || /(?:^|[.-])git(?:lab)?[.-]/i.test(host) ? 'gitlab' : 'internal';
}
