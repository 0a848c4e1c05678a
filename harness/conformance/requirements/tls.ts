import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const PAGE = 'Self-signed certificates or custom Certification Authorities';

const server = family('tls', 'Supported options for self-signed certificates targeting the GitLab server', PAGE);
const cloning = family('tls', 'Git cloning', PAGE);
const containers = family('tls', 'Trusting TLS certificates for Docker and Kubernetes executors', PAGE);

const runners = family('tls', 'The [[runners]] section', 'Advanced configuration');

/** What the page promises where a proxy opens TLS, with a certificate authority of its own. */
export const tlsRequirements: readonly Requirement[] = [
  server(
    'runner',
    'R',
    'With the CA in tls-ca-file, in certs/HOST.crt, or in the store of the machine, register, verify, polling and jobs work; a renewed CA file is read without a restart, and nothing is sent before.',
  ),
  cloning(
    'clone',
    'R',
    'git trusts GitLab by what the runner hands it, CI_SERVER_TLS_CA_FILE, and other hosts as before.',
  ),
  cloning('artifacts', 'R', 'Artifacts are uploaded and downloaded by what the runner hands the job, likewise.'),
  containers(
    'other-origins',
    'C',
    "Where only other hosts than GitLab's are opened, such as that of Git LFS: which trust counts for them.",
  ),
  runners(
    'client-certificate',
    'R',
    'A runner with tls-cert-file and tls-key-file says by them who it is to GitLab, and hands them to its jobs for git and artifacts; the files are read without a restart.',
  ),
  runners('mutual', 'C', 'A client certificate of the runner behind a proxy that opens TLS: what happens.'),
  server('what-is-seen', 'C', 'The secrets that a proxy which opens TLS gets to see, by kind and by origin.'),
];
