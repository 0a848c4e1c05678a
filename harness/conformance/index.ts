export { profileNames } from '../profile/index.ts';
export * from './authoring.ts';
export { type Case, expand } from './cases.ts';
export { checkWorlds } from './check-worlds.ts';
export { EnvironmentError, UsageError } from './errors.ts';
export { type ExpectationEntry, Expectations, readExpectations } from './expectations.ts';
export { matchesCase } from './glob.ts';
export { judgeCase } from './judge-case.ts';
export type { Judged } from './judged.ts';
export { loadScenarios } from './load.ts';
export { missingHere, PROGRAMS, programOf, unmetNeed } from './needs.ts';
export {
  type CaseOutcome,
  type Expectation,
  type Outcome,
  outcomeNames,
  type PartlyExpected,
  type Results,
  type Totals,
} from './outcome.ts';
export { partlyExpected } from './partly-expected.ts';
export { withoutRepetition } from './repetition.ts';
export { citation, findRequirement, isNewIn, type Requirement, requirements } from './requirements/index.ts';
export { hasEngine, type RunObserver, runCases, type Schedule } from './scheduler.ts';
export { shortestPatterns } from './shortest-patterns.ts';
export { Slots } from './slots.ts';
export { asExpected, totals } from './totals.ts';
