export { readCase, SCHEMES, type WrittenCase } from './case.ts';
export type { Comparison } from './compare.ts';
export type { CasePlan } from './plan/plan.ts';
export type { Symptom } from './plan/symptom.ts';
export type { Candidate, Tried } from './prove/candidate.ts';
export type { Proof } from './prove/prove.ts';
export { NotStoodUp, type Reproduction, reproduce } from './reproduce.ts';
export { STEP_WORDS, type StepFailure, type StepResult, type Trial } from './trial/step.ts';
