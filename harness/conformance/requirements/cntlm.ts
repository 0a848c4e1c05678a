import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('cntlm', { '14.10': 'Configuring CNTLM', '18.3': 'Configuring cntlm' });

/** What the page promises about cntlm, and what it leaves open. */
export const cntlmRequirements: readonly Requirement[] = [
  requirement(
    'listens-on-docker0',
    'R',
    "cntlm, configured as on the page, answers containers on docker0's address and nobody on any other interface.",
  ),
  requirement(
    'routed-neighbour',
    'C',
    "What becomes of another machine that routes packets for docker0's address by way of a machine without a firewall.",
  ),
  requirement(
    'authenticates-to-parent',
    'R',
    'It satisfies an NTLM parent that really verifies NTLMv2; every client (runner, git, docker daemon, dind) works with a plain credential-less proxy URL.',
  ),
  requirement('parent-failover', 'R', 'With two Proxy lines, the first dead or dying mid-run, jobs go on.'),
  requirement(
    'credentials-not-in-containers',
    'R',
    'The password is nowhere a job can look: environment, /proc, git and docker configuration, inspect output, traces, files.',
  ),
  requirement(
    'one-place-for-credentials',
    'R',
    'After a password change only cntlm.conf is edited, cntlm restarted, and all works again.',
  ),
  requirement('wrong-password', 'O', 'A clear error, and a bounded number of authentication attempts.'),
  requirement(
    'other-schemes',
    'C',
    'Which clients get through a parent that asks for Basic, Digest or Negotiate (Kerberos) in place of NTLM.',
  ),
];
