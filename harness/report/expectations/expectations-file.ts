import { coerce } from 'semver';
import { stringify } from 'yaml';
import type { CaseOutcome, Results } from '../../conformance/outcome.ts';
import { withoutRepetition } from '../../conformance/repetition.ts';
import { shortestPatterns } from '../../conformance/shortest-patterns.ts';
import { findingKey, observedSentence } from '../distinct.ts';
import { printable } from '../terminal/printable.ts';
import { plural, subjectName, unexpected } from '../verdict.ts';

/** An expectations file, and what it could not take. */
export interface WrittenExpectations {
  readonly text: string;
  readonly entries: number;
  /** How many cases they mean. */
  readonly cases: number;
  /** What was not as expected and cannot be expected: errors, what was blocked, what came out otherwise when it was repeated. */
  readonly left: readonly CaseOutcome[];
}

interface Entry {
  readonly outcome: 'fail' | 'warn';
  readonly reason: string;
  readonly link?: string | undefined;
  readonly ids: readonly string[];
}

/**
 * The expectations file with which a run is as expected: an entry for each distinct finding, for this subject, its version and its profile.
 * What an earlier file said, and still holds, stays as it was said there.
 * @param cases all that there are under the profile: no pattern means another one than it is to mean
 */
export function expectationsFile(results: Results, cases: readonly { readonly id: string }[]): WrittenExpectations {
  const wrong = new Set(unexpected(results));
  const byCase = Map.groupBy(results.outcomes, ({ id }) => withoutRepetition(id));
  const stable = [...byCase.values()].filter((each) => new Set(each.map(({ outcome }) => outcome)).size === 1);
  const failed = stable.flatMap(([first]) => (first && isToBeExpected(first, wrong) ? [first] : []));
  const taken = new Set(failed.map(({ id }) => withoutRepetition(id)));
  const left = [...wrong].filter(
    ({ id, outcome }) => !['pass', 'info'].includes(outcome) && !taken.has(withoutRepetition(id)),
  );
  const entries = [...Map.groupBy(failed, keyOf).values()].flatMap((members) => entryOf(members));
  const all = [...cases, ...[...byCase.keys()].map((id) => ({ id }))];
  return {
    text: `${headOf(results)}\n${entries.length === 0 ? '[]\n' : entries.map((each) => written(each, results, all)).join('\n')}`,
    entries: entries.length,
    cases: taken.size,
    left,
  };
}

function isToBeExpected(each: CaseOutcome, wrong: ReadonlySet<CaseOutcome>): boolean {
  if (each.outcome !== 'fail' && each.outcome !== 'warn') return false;
  return wrong.has(each) || each.expected === each.outcome;
}

/** What was known already stays apart from what is new. */
const keyOf = (each: CaseOutcome): string =>
  isKnown(each) ? JSON.stringify([each.expectation?.reason, each.expectation?.link, each.outcome]) : findingKey(each);

const isKnown = (each: CaseOutcome): boolean => each.expectation?.outcome === each.outcome;

function entryOf(members: readonly CaseOutcome[]): Entry[] {
  const [first] = members;
  if (!first) return [];
  const known = isKnown(first) ? first.expectation : undefined;
  return [
    {
      outcome: first.outcome === 'warn' ? 'warn' : 'fail',
      reason: known?.reason ?? observedSentence(first),
      link: known?.link,
      ids: members.map(({ id }) => withoutRepetition(id)),
    },
  ];
}

function headOf(results: Results): string {
  const day = results.environment.startedAt.slice(0, 10);
  return (
    `# What ${printable(subjectName(results))} does otherwise than profile ${results.profile} asks, as a run of ${day} found it.\n` +
    '# An entry that no longer holds fails a run. Give each a link to where it is reported; widen versions once you know more.\n'
  );
}

function written(
  { outcome, reason, link, ids }: Entry,
  { subject, profile }: Results,
  all: readonly { id: string }[],
): string {
  const patterns = shortestPatterns(
    ids.map((id) => ({ id })),
    all,
  );
  const version = coerce(subject.version)?.version;
  const fields = stringify(
    [
      {
        id: patterns.length === 1 ? patterns[0] : patterns,
        runner: subject.kind,
        ...(version === undefined ? {} : { versions: version }),
        profile,
        outcome,
        reason,
        ...(link === undefined ? {} : { link }),
      },
    ],
    { lineWidth: 0 },
  );
  return `# ${plural(ids.length, 'case', 'cases')}\n${fields}${link === undefined ? '  # link: https://\n' : ''}`;
}
