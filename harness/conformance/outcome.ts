import type { ProfileName } from '../profile/index.ts';
import type { SubjectKind } from '../runner/kinds.ts';
import type { SubjectIdentity } from '../runner/subject.ts';
import type { Finding } from './finding.ts';
import type { Level } from './level.ts';
import type { AxisValues } from './scenario.ts';

/**
 * What became of a case. `fail`: a required one does not hold. `warn`: a recommended one does not. `info`: a check's
 * measured answer. `skip`: something is absent, and `reason` says what. `blocked`: what it depends on failed. `error`:
 * the harness broke; never the subject's fault.
 */
export type Outcome = 'pass' | 'fail' | 'warn' | 'info' | 'skip' | 'blocked' | 'error';

export const outcomeNames: readonly Outcome[] = ['pass', 'fail', 'warn', 'info', 'skip', 'blocked', 'error'];

/** Who lacks what a case needs: this machine, which could have it, or the subject, which is as it is. */
export type Lacking = 'machine' | 'subject';

/** A known deviation that an expectations file names. */
export interface Expectation {
  readonly outcome: 'fail' | 'warn' | 'error';
  readonly reason: string;
  readonly link?: string;
  /** The pattern in the file by which it was found. */
  readonly entry?: string;
}

/** An entry of an expectations file that means cases which are as it says, and others which are not. */
export interface PartlyExpected {
  /** Its pattern. */
  readonly entry: string;
  readonly expected: Expectation['outcome'];
  /** How many of its cases are as it says. */
  readonly fits: number;
  /** How many of its cases have an outcome, skipped ones aside. */
  readonly of: number;
  /** What to write instead: the fewest patterns that mean what fits. */
  readonly patterns: readonly string[];
}

/** A case whose repetitions did not all come to the same. */
export interface UnstableCase {
  /** Without the repetition's number. */
  readonly id: string;
  /** Whether outcomes differ, which makes the run not as expected, or the measured answers alone. */
  readonly differs: 'outcome' | 'answer';
  /** What it came to, the most frequent first. */
  readonly came: readonly {
    readonly outcome: Outcome;
    readonly times: number;
    /** The first repetition that came to it. */
    readonly case: string;
    /** What that one says. */
    readonly says: string;
  }[];
}

/** One case of a run, judged. */
export interface CaseOutcome {
  /** The scenario's id with the axes that are not at their defaults: `rate-limit/retry-after[body=json]`. */
  readonly id: string;
  readonly scenario: string;
  readonly axes: AxisValues;
  readonly level: Level;
  readonly outcome: Outcome;
  /** What this outcome had to be: `pass` (pass or info), unless an expectations file says otherwise. */
  readonly expected: 'pass' | Expectation['outcome'];
  readonly expectation?: Expectation;
  /** One sentence: what was expected and what was observed instead; or the measured answer; or why it was skipped. */
  readonly reason: string;
  /** Page, version and heading. */
  readonly citation: string;
  /** The requirement's own sentence. */
  readonly requirement: string;
  /** How long the case took, in real milliseconds. */
  readonly durationMs: number;
  /** How long it lasted on its own clock, in milliseconds: longer than `durationMs` in simulated time. */
  readonly waitedMs: number;
  /** Sequence numbers of the ledger events that show it. */
  readonly evidence: readonly number[];
  readonly findings: readonly Finding[];
  /** Of a skipped case: who lacks what it needs. */
  readonly lacks?: Lacking;
  /** What kept the subject from going around the proxy. */
  readonly isolation?: 'namespace' | 'dialer' | 'names';
  /** Why that is no more than names, as half a sentence. */
  readonly isolationReason?: string;
  /** The proxy it was got with, such as `squid 5.7`. */
  readonly proxy?: string;
  /**
   * The profiles under which the same would have been asked of the subject, so that its ledger can be judged under each of
   * them. Absent where that is not known.
   */
  readonly profiles?: readonly ProfileName[];
}

/** Counts by outcome, and how many were not as expected. */
export interface Totals extends Readonly<Record<Outcome, number>> {
  readonly cases: number;
  readonly unexpected: number;
}

/** results.json. */
export interface Results {
  readonly suite: { readonly name: 'proxyproof'; readonly version: string };
  readonly subject: SubjectIdentity<SubjectKind>;
  /** The helper of its Docker executor, and how it was chosen; for a subject that has one. */
  readonly helper?: string;
  readonly profile: ProfileName;
  readonly environment: {
    readonly startedAt: string;
    readonly durationMs: number;
    readonly os: string;
    readonly node: string;
    readonly cpus: number;
    readonly command: string;
    /** Versions of the real parts: git, squid, … */
    readonly tools: Readonly<Record<string, string>>;
    /** Which generation a part's programs are of, for parts that are not just what the machine has. */
    readonly generations?: Readonly<Record<string, string>>;
    /** Versions of the programs in each image that took part. */
    readonly images?: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly shard?: string;
    /** Where others can open report.html. */
    readonly reportUrl?: string;
  };
  readonly outcomes: readonly CaseOutcome[];
  readonly totals: Totals;
  /** What the run did not come to: why, and the ids of the cases. */
  readonly notRun?: { readonly because: string; readonly cases: readonly string[] };
  /** Entries of the expectations file that matched nothing. */
  readonly unusedExpectations?: readonly string[];
  /** Entries of the expectations file that are to be narrowed. */
  readonly partlyExpected?: readonly PartlyExpected[];
  /** Cases whose repetitions differ. */
  readonly unstable?: readonly UnstableCase[];
}
