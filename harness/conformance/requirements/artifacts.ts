import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('artifacts', 'Adding the Proxy to the Docker containers');

/** What the page promises about a job's artifacts. */
export const artifactRequirements: readonly Requirement[] = [
  requirement('through-proxy', 'R', 'Upload and download of artifacts by the helper go through the proxy.'),
  requirement('outage', 'R', 'A transfer of artifacts that fails by the proxy is never tried without it.'),
  requirement(
    'wrong-certificate',
    'R',
    'The helper verifies certificates, too: nothing is sent to object storage whose certificate another authority signed than the one that it was given, is for another name, or is out of date.',
  ),
];
