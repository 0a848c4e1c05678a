import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family(
  'tls',
  'Trusting TLS certificates for Docker and Kubernetes executors',
  'Self-signed certificates or custom Certification Authorities',
);

/** What is promised, and what is measured, of certificates in containers and daemons behind a proxy that opens TLS. */
export const tlsContainerRequirements: readonly Requirement[] = [
  requirement(
    'helper-mount',
    'R',
    'A certificate that config.toml mounts at /etc/gitlab-runner/certs/ca.crt is trusted by the helper, for what it moves to and from other hosts, too.',
  ),
  requirement(
    'daemon-pull',
    'R',
    "Docker pulls a job's images behind a proxy that opens TLS once the proxy's CA is in the store of its host, or in certs.d for the registry.",
  ),
  requirement('dind', 'C', "Where the proxy's CA must be for pulls and pushes of a daemon in a job's container."),
  requirement('buildkit', 'C', "Where the proxy's CA must be for the base image of a build, and for its RUN steps."),
  requirement('job-tools', 'C', "Which variable or store each client of a job takes the proxy's CA from."),
];
