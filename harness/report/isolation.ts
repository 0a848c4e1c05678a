import type { CaseOutcome } from '../conformance/outcome.ts';

type Kind = NonNullable<CaseOutcome['isolation']>;

const NAMES: Readonly<Record<Kind, string>> = {
  namespace: 'a network namespace',
  dialer: "the reference runner's own dialer",
  names: 'names that do not resolve outside the proxy',
};

/** SECURITY.md says the same at length. */
const PROMISES: Readonly<Record<Kind, string>> = {
  namespace:
    ' in which the proxy is the only way out, and sockets, temporary files and reports of this machine are hidden; a bypass reaches the tripwire on ports 80, 443, 8080 and those of GitLab and the registry, and is refused on other ports',
  dialer:
    ', which sends every bypass to the tripwire; programs that a job starts are in a network namespace only if the scenario is about them',
  names: '; a bypass by IP address would have gone unnoticed, and nothing of this machine was hidden',
};

/** What kept the subject from bypassing the proxy unseen: one sentence for each kind of isolation that was used. */
export function isolationSentences(outcomes: readonly CaseOutcome[]): readonly string[] {
  return kindsOf(outcomes).map(([kind, cases]) => {
    const reasons = [...new Set(cases.flatMap(({ isolationReason }) => isolationReason ?? []))].join('; ');
    const why = reasons ? ` (no namespace could be made: ${reasons})` : '';
    return `${isolated(cases.length)} by ${NAMES[kind]}${PROMISES[kind]}${why}.`;
  });
}

/** The same in one line, without what each kind promises; undefined where nothing was isolated. */
export function isolationLine(outcomes: readonly CaseOutcome[]): string | undefined {
  const kinds = kindsOf(outcomes).map(
    ([kind, cases]) => `${NAMES[kind]} (${cases.length} ${cases.length === 1 ? 'case' : 'cases'})`,
  );
  return kinds.length > 0 ? `Isolation: ${kinds.join(', ')}. The report says what that covers.` : undefined;
}

function kindsOf(outcomes: readonly CaseOutcome[]): (readonly [Kind, readonly CaseOutcome[]])[] {
  const kinds = Map.groupBy(outcomes, ({ isolation }) => isolation);
  return [...kinds].flatMap(([kind, cases]) => (kind ? [[kind, cases] as const] : []));
}

const isolated = (count: number): string => `${count} ${count === 1 ? 'case was' : 'cases were'} isolated`;
