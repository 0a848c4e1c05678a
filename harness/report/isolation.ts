import type { CaseOutcome } from '../conformance/outcome.ts';

const WORDS: Readonly<Record<NonNullable<CaseOutcome['isolation']>, string>> = {
  namespace:
    'a network namespace with no way out but the proxy, in which sockets, temporary files and reports of this machine are hidden; a bypass reaches the tripwire on ports 80, 443, 8080 and those of GitLab and the registry, and is refused on others',
  dialer:
    "the reference runner's own dialer, which sends every bypass to the tripwire; a program that a job starts is in a network namespace only where the scenario is about such programs",
  names:
    'names that do not resolve outside the proxy; a bypass by IP address would not have been seen, and nothing of this machine was hidden',
};

/** What the statement "never around the proxy" rests on, one sentence for each kind of isolation that was used. */
export function isolationSentences(outcomes: readonly CaseOutcome[]): readonly string[] {
  const kinds = Map.groupBy(outcomes, ({ isolation }) => isolation);
  return [...kinds].flatMap(([kind, cases]) => {
    if (!kind) return [];
    const reasons = [...new Set(cases.flatMap(({ isolationReason }) => isolationReason ?? []))].join('; ');
    const why = reasons ? ` (no namespace could be made: ${reasons})` : '';
    return [`${cases.length} ${cases.length === 1 ? 'case rests' : 'cases rest'} on ${WORDS[kind]}${why}.`];
  });
}
