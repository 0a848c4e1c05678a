import type { Bundle } from '../../diagnosis/bundle/bundle.ts';
import { diagnose } from '../../diagnosis/diagnose.ts';
import { edited } from '../../diagnosis/remedy/edited.ts';
import { jobIn } from '../plan/job.ts';
import type { CasePlan } from '../plan/plan.ts';
import { planBeyond } from './beyond.ts';
import type { Candidate } from './candidate.ts';

/** A plan with what candidates change: the job, where .gitlab-ci.yml is another, and what is beyond files. */
export function planAfter(plan: CasePlan, bundle: Bundle, candidates: readonly Candidate[]): CasePlan {
  const edits = candidates.flatMap((each) => each.edits);
  const changed = edits.length > 0 ? edited(bundle, edits) : undefined;
  return planBeyond(changed ? { ...plan, job: jobIn(diagnose(changed).picture) } : plan, candidates);
}
