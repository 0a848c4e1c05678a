import { family } from './family.ts';
import type { Requirement } from './requirement.ts';

const requirement = family('cntlm', 'Configuring CNTLM');

/** What the page promises about cntlm, and what it leaves open. */
export const cntlmRequirements: readonly Requirement[] = [
  requirement(
    'other-schemes',
    'C',
    'Which clients get through a parent that asks for Basic, Digest or Negotiate (Kerberos) in place of NTLM.',
  ),
];
