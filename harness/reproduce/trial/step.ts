import type { FailureKind, Who } from '../../diagnosis/failures/failure.ts';

/** What is tried on the machine, in this order; each rests on those before it. */
export const STEPS = ['services', 'gateway', 'pull', 'register', 'poll', 'job', 'inner'] as const;
/** Something that is tried on the machine. */
export type TrialStep = (typeof STEPS)[number];

/** What each step is, as a report says it. */
export const STEP_WORDS: Readonly<Record<TrialStep, string>> = {
  services: 'the services of the machine run',
  gateway: 'GitLab is asked through cntlm',
  pull: "the host's Docker pulls the image of jobs",
  register: 'gitlab-runner register is run in a shell',
  poll: 'the runner asks GitLab for a job',
  job: 'a job is run',
  inner: "containers that the job's docker CLI makes get the proxy",
};

/** How a step failed, by the record. */
export interface StepFailure {
  readonly who: Who;
  /** `silent`: the proxy was asked, and never answered. */
  readonly kind: FailureKind | 'silent' | 'not-started' | 'unknown';
  readonly host?: string;
  readonly status?: number;
  /** The last words of the program. */
  readonly text: string;
}

/** What came of a step. */
export interface StepResult {
  readonly step: TrialStep;
  /** Half a sentence. */
  readonly says: string;
  /** Nothing where it worked. */
  readonly failure?: StepFailure;
  /** From which event on, and before which, it happened. */
  readonly span: readonly [from: number, until: number];
}

/** What was tried, up to the first step that failed. */
export interface Trial {
  readonly steps: readonly StepResult[];
  /** The step that failed; nothing where everything works. */
  readonly failed?: StepResult & { readonly failure: StepFailure };
}

/** How far a trial got: the place of the step that failed, or one more than there are where none did. */
export const reached = ({ failed }: Trial): number => (failed ? STEPS.indexOf(failed.step) : STEPS.length);
