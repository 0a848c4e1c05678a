/**
 * What a scenario file needs, and nothing that costs time to load: `list` and `show` load every scenario, but no peer.
 */

export type { ProfileName, RateLimitRules } from '../profile/index.ts';
export { counted } from './counted.ts';
export { blocked, check, duration, evidenceOf, type Finding, measured, varying } from './finding.ts';
export { type Allowances, type Allowed, bypass, NOTHING_DIRECT } from './invariants/index.ts';
export type { Level } from './level.ts';
export {
  type Axis,
  type AxisValues,
  type CaseContext,
  type Need,
  type PeerMutant,
  type Scenario,
  type Stage,
  scenario,
} from './scenario.ts';
