import type { Evidence } from '../ledger/index.ts';
import type { ProfileName, RateLimitRules } from '../profile/index.ts';
import type { Ability, Driver, Subject } from '../runner/subject.ts';
import type { WorldSpec } from '../world/spec.ts';
import type { World } from '../world/world.ts';
import type { Finding } from './finding.ts';
import type { Allowances } from './invariants/index.ts';
import type { Level } from './level.ts';

/** The values one case has for its scenario's axes. */
export type AxisValues = Readonly<Record<string, string>>;

/** A dimension along which a scenario is repeated. */
export interface Axis {
  readonly values: readonly string[];
  /** This value is left out of a case's id. */
  readonly default?: string;
}

/** Something of the machine that a case needs; where it is absent the case is skipped with the reason. */
export type Need = 'namespace' | 'squid' | 'squid-openssl' | 'git' | 'git-lfs' | 'docker' | 'docker-23' | 'kerberos';

/** What a scenario's functions are given about the case they work for. */
export interface CaseContext {
  /** Every axis, defaults included. */
  readonly axes: AxisValues;
  readonly profile: ProfileName;
}

/** What `act` works with. */
export interface Stage extends CaseContext {
  readonly world: World;
  readonly subject: Subject;
  readonly driver: Driver;
  /**
   * What the profile's page says of rate limits. Who asks for these alone, and not for the profile's name, is taken to do the same
   * under every profile that has the same rules.
   */
  readonly rateLimit: RateLimitRules;
}

/** A fault of a peer that a scenario must notice, because it would prove nothing with it. */
export interface PeerMutant {
  readonly name: string;
  /** What is broken, in one sentence. */
  readonly says: string;
  /** What stands in the finding that it must be failed by. */
  readonly finding?: RegExp;
  /** The case in which it shows: these axes, and the rest as in the first case that has them. */
  readonly axes?: AxisValues;
  readonly world?: (context: CaseContext) => WorldSpec;
  readonly act?: (stage: Stage) => Promise<void>;
}

/** One question put to a subject in a world. */
export interface Scenario {
  /** As in the requirement register; the level and the citation come from there. */
  readonly id: string;
  /** The question, in words. */
  readonly asks: string;
  /** For a scenario that is not in the register, such as a team's own: the requirement it stands for. */
  readonly requires?: { readonly level: Level; readonly cites: string; readonly holds: string };
  readonly axes?: Readonly<Record<string, Axis>>;
  /** Leaves out combinations of axes that make no sense; all by default. */
  readonly where?: (axes: AxisValues, profile: ProfileName) => boolean;
  /** Only these profiles have the requirement; all by default. */
  readonly profiles?: readonly ProfileName[];
  readonly needs?: (context: CaseContext) => readonly Need[];
  readonly abilities: (context: CaseContext) => readonly Ability[];
  /** How long the case waits at least by its nature with a right subject, in milliseconds: the longest start first. */
  readonly waits?: (context: CaseContext) => number;
  /** How long the case works, rather than waits, in real milliseconds; only where that is seconds. */
  readonly work?: number;
  readonly world: (context: CaseContext) => WorldSpec;
  /** What belongs to the question here and would break an invariant elsewhere; nothing by default. */
  readonly allows?: (context: CaseContext) => Allowances;
  /** Makes the subject do something, and waits until there is enough to judge. It asserts nothing. */
  readonly act: (stage: Stage) => Promise<void>;
  /**
   * Whether `act` does something else where a page has other rules, as it asks for `stage.rateLimit` or `stage.profile`; no
   * by default. That is noticed anyway: this says it in advance, so that such a case need not wait for another profile's run.
   */
  readonly asksPage?: (axes: AxisValues) => boolean;
  /** Pure: the same evidence always gives the same findings. No findings is an error of the scenario. */
  readonly judge: (evidence: Evidence, context: CaseContext) => readonly Finding[];
  /** How the case is arranged and judged, for `show`: a few sentences. */
  readonly explains: string;
  /** Names of the mutants of the reference runner that must fail this scenario. */
  readonly mutants: readonly string[];
  /**
   * Faults of peers rather than of the subject, for which no runner can be blamed: with one put in, the judge must not
   * be content. Only what it names differs from the scenario.
   */
  readonly peerMutants?: readonly PeerMutant[];
  /**
   * The thing under test left out: with it the judge must not be content. Only what it names differs from the scenario.
   */
  readonly control?: {
    readonly without: string;
    readonly world?: (context: CaseContext) => WorldSpec;
    readonly act?: (stage: Stage) => Promise<void>;
  };
}

/** Declares a scenario; the default export of a file below `scenarios/`. */
export function scenario(declaration: Scenario): Scenario {
  return declaration;
}
