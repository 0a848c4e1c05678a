import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('cache', 'Adding the Proxy to the Docker containers');

/** What the page promises about the caches of jobs. */
export const cacheRequirements: readonly Requirement[] = [
  requirement('through-proxy', 'R', 'Upload and download of caches by the helper go through the proxy.'),
  requirement('outage', 'R', 'A transfer of a cache that fails by the proxy is never tried without it.'),
];
