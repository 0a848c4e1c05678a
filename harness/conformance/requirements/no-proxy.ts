import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('no-proxy', 'Proxy settings when using dind service');

/** What the page says about NO_PROXY, measured. */
export const noProxyRequirements: readonly Requirement[] = [
  requirement(
    'wildcards',
    'C',
    'What suffixes, *.suffix, prefixes, networks, addresses, ports, letter case and spaces mean in NO_PROXY, for each client.',
  ),
];
