import type { CaseOutcome } from '../conformance/outcome.ts';

const WORDS: Readonly<Record<NonNullable<CaseOutcome['isolation']>, string>> = {
  namespace: 'a network namespace from which only the proxy can be reached; every bypass would have hit the tripwire',
  dialer: "the reference runner's own dialer, which sends every bypass to the tripwire",
  names: 'names that do not resolve outside the proxy; a bypass by IP address would not have been seen',
};

/** What the statement "never around the proxy" rests on, one sentence for each kind of isolation that was used. */
export function isolationSentences(outcomes: readonly CaseOutcome[]): readonly string[] {
  const counts = new Map<NonNullable<CaseOutcome['isolation']>, number>();
  for (const { isolation } of outcomes) if (isolation) counts.set(isolation, (counts.get(isolation) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${count === 1 ? 'case rests' : 'cases rest'} on ${WORDS[kind]}.`);
}
