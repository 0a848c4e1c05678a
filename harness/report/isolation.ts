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
    ' with no way out but the proxy, in which sockets, temporary files and reports of this machine are hidden; a bypass reaches the tripwire on ports 80, 443, 8080 and those of GitLab and the registry, and is refused on others',
  dialer:
    ', which sends every bypass to the tripwire; a program that a job starts is in a network namespace only where the scenario is about such programs',
  names: '; a bypass by IP address would not have been seen, and nothing of this machine was hidden',
};

/** What the statement "never around the proxy" rests on, one sentence for each kind of isolation that was used. */
export function isolationSentences(outcomes: readonly CaseOutcome[]): readonly string[] {
  return kindsOf(outcomes).map(([kind, cases]) => {
    const reasons = [...new Set(cases.flatMap(({ isolationReason }) => isolationReason ?? []))].join('; ');
    const why = reasons ? ` (no namespace could be made: ${reasons})` : '';
    return `${rest(cases.length)} on ${NAMES[kind]}${PROMISES[kind]}${why}.`;
  });
}

/** The same in one line, without what each kind promises; undefined where nothing was isolated. */
export function isolationLine(outcomes: readonly CaseOutcome[]): string | undefined {
  const kinds = kindsOf(outcomes).map(([kind, cases], index) =>
    index === 0 ? `${rest(cases.length)} on ${NAMES[kind]}` : `${cases.length} on ${NAMES[kind]}`,
  );
  return kinds.length > 0 ? `${kinds.join(', ')}; the report says what that promises.` : undefined;
}

function kindsOf(outcomes: readonly CaseOutcome[]): (readonly [Kind, readonly CaseOutcome[]])[] {
  const kinds = Map.groupBy(outcomes, ({ isolation }) => isolation);
  return [...kinds].flatMap(([kind, cases]) => (kind ? [[kind, cases] as const] : []));
}

const rest = (count: number): string => `${count} ${count === 1 ? 'case rests' : 'cases rest'}`;
