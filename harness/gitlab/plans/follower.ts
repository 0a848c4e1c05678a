import type { RequestKind } from '../../ledger/index.ts';
import type { Answer, Plan, PlannedFailure, PlanStep } from '../plan.ts';

/** What a plan says about one request. */
export interface PlannedTurn {
  readonly give: Answer | PlannedFailure;
  /** Which of the plan's answers to this kind of request it is, from 1. */
  readonly occurrence: number;
}

/** How far one kind of request has got in the plan. */
interface Progress {
  readonly steps: readonly PlanStep[];
  step: number;
  passed: number;
  given: number;
  occurrence: number;
}

/** Follows a plan: each kind of request goes through the steps that name it, in order and by a count of its own. */
export class PlanFollower {
  #plan: Plan;
  readonly #progress = new Map<RequestKind, Progress>();

  constructor(plan: Plan = []) {
    this.#plan = plan;
  }

  /** Starts over with another plan. */
  follow(plan: Plan): void {
    this.#plan = plan;
    this.#progress.clear();
  }

  /** Takes a request's turn; undefined when it gets its ordinary answer. */
  next(kind: RequestKind): PlannedTurn | undefined {
    if (this.#plan.length === 0) return undefined;
    const progress = this.#progressOf(kind);
    for (;;) {
      const step = progress.steps[progress.step];
      if (!step) return undefined;
      if (step.times !== 'ever' && progress.given >= step.times) {
        progress.step += 1;
        progress.passed = 0;
        progress.given = 0;
        continue;
      }
      if (progress.passed < (step.after ?? 0)) {
        progress.passed += 1;
        return undefined;
      }
      progress.given += 1;
      progress.occurrence += 1;
      return { give: step.give, occurrence: progress.occurrence };
    }
  }

  #progressOf(kind: RequestKind): Progress {
    let progress = this.#progress.get(kind);
    if (!progress) {
      const steps = this.#plan.filter(({ on }) => (typeof on === 'string' ? on === kind : on.includes(kind)));
      progress = { steps, step: 0, passed: 0, given: 0, occurrence: 0 };
      this.#progress.set(kind, progress);
    }
    return progress;
  }
}
