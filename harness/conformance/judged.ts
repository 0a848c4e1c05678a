import type { Finding } from './finding.ts';
import type { Outcome } from './outcome.ts';

/** A case's verdict. */
export interface Judged {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly evidence: readonly number[];
}
