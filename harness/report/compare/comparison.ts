import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import { subjectName } from '../verdict.ts';
import { type CaseChange, changeOf } from './case-change.ts';
import { type ChangeGroup, groupsOf } from './groups.ts';
import { type NoVerdict, withoutVerdict } from './no-verdict.ts';

/** One of the two runs that are compared. */
export interface Side {
  /** How it is called in what is said: `gitlab-runner 17.11.4`. */
  readonly name: string;
  readonly results: Results;
}

/** What two runs say that is not the same. */
export interface RunComparison {
  readonly before: Side;
  readonly after: Side;
  /** How many cases both have and were looked at. */
  readonly compared: number;
  /** Of them, how many say the same. */
  readonly same: number;
  readonly groups: readonly ChangeGroup[];
  /** Required cases of which one run says nothing. */
  readonly noVerdict: NoVerdict;
  /** Measured answers that differ, and that their scenarios say are another one in every run: no changes. */
  readonly varying: readonly CaseChange[];
  readonly onlyBefore: readonly CaseOutcome[];
  readonly onlyAfter: readonly CaseOutcome[];
  /** Cases that cannot concern the set-up that was named, and why, by how many there are. */
  readonly leftOut: readonly LeftOut[];
}

/** Why cases were left out. */
export interface LeftOut {
  /** As half a sentence: `you use no cntlm`. */
  readonly because: string;
  readonly cases: number;
}

/** Says of a case why it cannot concern a set-up; undefined where it may. */
export type Concerns = (each: CaseOutcome) => string | undefined;

/** What is said besides of two runs that are compared. */
export interface CompareOptions {
  /** Which cases may concern the reader's set-up; all, where nobody says. */
  readonly concerns?: Concerns;
  /** What each was called on the command line: it tells two runs of the same runner apart. */
  readonly labels?: readonly [before: string, after: string];
}

/** Holds two runs against each other. */
export function compareRuns(
  before: Results,
  after: Results,
  { concerns = () => undefined, labels }: CompareOptions = {},
): RunComparison {
  const [nameBefore, nameAfter] = namesOf(before, after, labels);
  const reasons = new Map<string, Set<string>>();
  const mine = (outcomes: readonly CaseOutcome[]): Map<string, CaseOutcome> =>
    new Map(
      outcomes.flatMap((each) => {
        const why = concerns(each);
        if (why === undefined) return [[each.id, each] as const];
        reasons.set(why, (reasons.get(why) ?? new Set()).add(each.id));
        return [];
      }),
    );
  const [one, other] = [mine(before.outcomes), mine(after.outcomes)];
  const pairs = [...one.values()].flatMap((was) => {
    const is = other.get(was.id);
    return is ? [{ before: was, after: is }] : [];
  });
  const changes = pairs.flatMap((pair) => changeOf(pair) ?? []);
  const isVarying = ({ kind, answers }: CaseChange): boolean =>
    kind === 'measured' && answers.every(({ varies }) => varies !== undefined);
  const real = changes
    .filter((each) => !isVarying(each))
    .map((each) => ({ ...each, answers: each.answers.filter(({ varies }) => varies === undefined) }));
  return {
    before: { name: nameBefore, results: before },
    after: { name: nameAfter, results: after },
    compared: pairs.length,
    same: pairs.length - changes.length,
    noVerdict: withoutVerdict(pairs),
    groups: groupsOf(
      real,
      pairs.map((pair) => pair.after),
    ),
    varying: changes.filter(isVarying),
    onlyBefore: [...one.values()].filter(({ id }) => !other.has(id)),
    onlyAfter: [...other.values()].filter(({ id }) => !one.has(id)),
    leftOut: [...reasons].map(([because, ids]) => ({ because, cases: ids.size })),
  };
}

function namesOf(before: Results, after: Results, labels: CompareOptions['labels']): readonly [string, string] {
  const [one, other] = [subjectName(before), subjectName(after)];
  return one === other && labels ? [`${one} (${labels[0]})`, `${other} (${labels[1]})`] : [one, other];
}
