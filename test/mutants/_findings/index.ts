import { containerFindings } from './containers.ts';
import type { Findings } from './findings.ts';
import { gitFindings } from './git.ts';
import { pollingFindings } from './polling.ts';
import { rateLimitFindings } from './rate-limit.ts';
import { tlsFindings } from './tls.ts';

/** What a mutant must be failed for: a scenario that fails it for another reason has seen something else. */
export const findings: Findings = {
  ...rateLimitFindings,
  ...pollingFindings,
  ...gitFindings,
  ...containerFindings,
  ...tlsFindings,
};
