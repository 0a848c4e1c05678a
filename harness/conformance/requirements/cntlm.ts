import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('cntlm', 'Configuring CNTLM');

/** What the page promises about cntlm, and what it leaves open. */
export const cntlmRequirements: readonly Requirement[] = [
  requirement(
    'listens-on-docker0',
    'R',
    "cntlm, configured as on the page, answers containers on docker0's address and nobody on any other interface.",
  ),
  requirement(
    'authenticates-to-parent',
    'R',
    'It satisfies an NTLM parent that really verifies NTLMv2; every client (runner, git, docker daemon, dind) works with a plain credential-less proxy URL.',
  ),
  requirement(
    'other-schemes',
    'C',
    'Which clients get through a parent that asks for Basic, Digest or Negotiate (Kerberos) in place of NTLM.',
  ),
];
