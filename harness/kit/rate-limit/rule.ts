import type { CaseContext, Finding, Stage } from '../../conformance/authoring.ts';
import type { PlanStep } from '../../gitlab/plan.ts';
import type { Evidence } from '../../ledger/index.ts';

/** One rule of the page about a 429: how it is provoked, observed and judged, with or without a proxy in between. */
export interface LimitRule {
  /** How long a right subject waits, in milliseconds. */
  readonly waitsMs: (context: CaseContext) => number;
  /** What GitLab answers. */
  readonly plan: (context: CaseContext) => readonly PlanStep[];
  /** Waits until there is enough to judge. */
  readonly observe: (stage: Stage) => Promise<void>;
  /** Whether how long it waits goes by what the page says; no by default. */
  readonly asksPage?: true;
  readonly judge: (evidence: Evidence, context: CaseContext) => readonly Finding[];
}
