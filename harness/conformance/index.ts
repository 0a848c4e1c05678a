export { type Case, expand } from './cases.ts';
export { EnvironmentError, UsageError } from './errors.ts';
export { type ExpectationEntry, Expectations, readExpectations } from './expectations.ts';
export { blocked, check, duration, evidenceOf, type Finding, measured } from './finding.ts';
export { matchesCase } from './glob.ts';
export { type Judged, judgeCase } from './judge-case.ts';
export { loadScenarios } from './load.ts';
export { missingHere, PROGRAMS, unmetNeed } from './needs.ts';
export {
  type CaseOutcome,
  type Expectation,
  type Outcome,
  outcomeNames,
  type Results,
  type Totals,
} from './outcome.ts';
export { type Level, type ProfileName, profileNames } from './profile.ts';
export { citation, findRequirement, type Requirement, requirements } from './requirements/index.ts';
export {
  type Axis,
  type AxisValues,
  type CaseContext,
  type Need,
  type Scenario,
  type Stage,
  scenario,
} from './scenario.ts';
export { type RunObserver, runCases, type Schedule } from './scheduler.ts';
export { asExpected, totals } from './totals.ts';
