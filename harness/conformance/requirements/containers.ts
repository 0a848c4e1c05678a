import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('containers', 'Adding the Proxy to the Docker containers');

/** What the page promises about the containers of a job. */
export const containerRequirements: readonly Requirement[] = [
  requirement(
    'environment',
    'R',
    '`environment` with both cases of the variables reaches build, helper and service containers as documented.',
  ),
  requirement(
    'client-proxy-choice',
    'C',
    'Which of curl, wget, git, docker, Go, Python, Ruby, Node, Java and PHP take the proxy from which spelling.',
  ),
];
