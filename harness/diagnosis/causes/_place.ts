import type { Failure } from '../failures/failure.ts';
import { isPublic } from '../picture/hosts.ts';
import type { Picture } from '../picture/picture.ts';

/**
 * What a host is that the proxy was asked for: GitLab, a registry, or a cache of the customer's own; a service's name in a job; another host of
 * the customer's own; one outside.
 */
export type HostPlace = 'gitlab' | 'registry' | 'cache' | 'service' | 'internal' | 'external';

const REGISTRY = /(?:^|[.-])(?:registry|harbor|nexus|artifactory|jfrog|quay|mirror|docker|images|cr|oci)(?:[.\d-]|$)/i;

/** What the host of a failure is; `external` where no target is known. */
export function hostPlaceOf(picture: Picture, { target, who, phase }: Failure): HostPlace {
  if (!target) return 'external';
  const { host } = target;
  if (!host.includes('.') || who === 'docker-cli') return 'service';
  // What a runner polls, and what it clones from, is GitLab.
  if (!isPublic(host) && (who === 'runner' || who === 'register' || (who === 'git' && phase === 'sources')))
    return picture.gitlabHosts.length === 0 || picture.isInternal(host) ? 'gitlab' : 'external';
  if (!picture.isInternal(host)) return 'external';
  if (picture.runners.some(({ cache }) => cache?.serverAddress?.toLowerCase().split(':')[0] === host)) return 'cache';
  if (who === 'daemon' || who === 'dind') return 'registry';
  if (picture.gitlabHosts.includes(host)) return 'gitlab';
  if (REGISTRY.test(host)) return 'registry';
  return who === 'git' || /(?:^|[.-])git(?:lab)?[.-]/i.test(host) ? 'gitlab' : 'internal';
}
