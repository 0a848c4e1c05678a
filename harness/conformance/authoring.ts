/**
 * What a scenario file needs, and nothing that costs time to load: `list` and `show` load every scenario, but no peer.
 */
export { blocked, check, duration, evidenceOf, type Finding, measured } from './finding.ts';
export type { Level, ProfileName } from './profile.ts';
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
