import type { CaseOutcome, Results } from '../../../conformance/outcome.ts';
import { type LedgerEvent, Secrets } from '../../../ledger/index.ts';
import { maskedText } from '../../../url/index.ts';
import type { StoredRun } from '../../read-run.ts';
import { excerpt } from '../../terminal/excerpt.ts';
import { subjectName } from '../../verdict.ts';
import { HISTORY_FORMAT, type HistoryCase, type HistoryRun, type HistoryScenario } from './history-run.ts';

/** How much of the ledger is kept of what is not green, in lines and columns. */
const EVIDENCE_LINES = 10;
const EVIDENCE_WIDTH = 120;

/**
 * What a history keeps of a run: the outcome of every case, what was measured, and of what is not green why, with a few
 * lines of the ledger. It says nothing of the machine's paths, and never more than the run's own files.
 * @param report where the whole report is, as a URL
 */
export function historyRunOf({ results, events }: StoredRun, report?: string): HistoryRun {
  const { environment, subject } = results;
  const byCase = Map.groupBy(events, (event) => event.case);
  const scenarios = [...Map.groupBy(results.outcomes, ({ scenario }) => scenario)].map(
    ([id, members]) => [id, scenarioOf(id, members, byCase)] as const,
  );
  return redacted({
    format: HISTORY_FORMAT,
    suite: results.suite.version,
    subject: { kind: subject.kind, name: nameOf(results), version: subject.version },
    profile: results.profile,
    generations: inOrder(environment.generations ?? {}),
    startedAt: new Date(environment.startedAt).toISOString(),
    durationMs: Math.round(environment.durationMs),
    machine: { os: environment.os, cpus: environment.cpus, tools: inOrder(environment.tools) },
    ...(report === undefined ? {} : { report: maskedText(report) }),
    scenarios: inOrder(Object.fromEntries(scenarios)),
  });
}

const nameOf = (results: Results): string => subjectName(results).slice(0, -results.subject.version.length).trim();

function scenarioOf(
  id: string,
  members: readonly CaseOutcome[],
  byCase: ReadonlyMap<string, readonly LedgerEvent[]>,
): HistoryScenario {
  const [first] = members;
  const cases: Record<string, 'pass' | HistoryCase> = {};
  const told = new Map<string, string>();
  for (const each of members.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const axes = each.id.slice(id.length);
    const evidence = evidenceOf(each, byCase.get(each.id) ?? [], axes, told);
    cases[axes] = each.outcome === 'pass' && each.expected === 'pass' ? 'pass' : { ...caseOf(each), ...evidence };
  }
  return {
    level: first?.level ?? 'R',
    requirement: first?.requirement ?? '',
    citation: first?.citation ?? '',
    cases,
  };
}

const isGreen = ({ outcome }: CaseOutcome): boolean => outcome === 'pass' || outcome === 'info' || outcome === 'skip';

function caseOf(each: CaseOutcome): HistoryCase {
  const { outcome, expectation, reason } = each;
  const wrong = wrongOf(each);
  return {
    outcome,
    ...(expectation
      ? {
          known: {
            outcome: expectation.outcome,
            reason: maskedText(expectation.reason),
            ...(expectation.link === undefined ? {} : { link: maskedText(expectation.link) }),
          },
        }
      : {}),
    ...(outcome === 'pass' || wrong.length > 0 ? {} : { reason }),
    ...(outcome === 'info' ? steadyOf(each) : {}),
    ...(wrong.length > 0 ? { wrong: wrong.map(({ expected, observed }) => [expected, observed] as const) } : {}),
  };
}

/** Kept only where some answers are others in every run. */
function steadyOf({ findings }: CaseOutcome): Pick<HistoryCase, 'steady'> {
  const measured = findings.filter(({ verdict }) => verdict === 'measured');
  const steady = measured.filter(({ varies }) => varies === undefined);
  return steady.length === measured.length ? {} : { steady: steady.map(({ observed }) => observed).join('; ') };
}

/** Of an error nothing was found that counts. */
const wrongOf = ({ outcome, findings }: CaseOutcome): CaseOutcome['findings'] =>
  outcome === 'error' || outcome === 'pass' || outcome === 'info'
    ? []
    : findings.filter(({ verdict }) => verdict === 'fails' || verdict === 'blocked');

/** The same failure in many axes is shown once. @param told the axes of the case that has shown it, by its words */
function evidenceOf(
  each: CaseOutcome,
  events: readonly LedgerEvent[],
  axes: string,
  told: Map<string, string>,
): Pick<HistoryCase, 'evidence' | 'like'> {
  if (isGreen(each) || events.length === 0) return {};
  const wrong = wrongOf(each);
  const words = `${each.outcome} ${wrong.map(({ observed }) => observed).join('; ') || each.reason}`.replace(
    /\d+/g,
    '#',
  );
  const like = told.get(words);
  if (like !== undefined) return { like };
  told.set(words, axes);
  const pointed = wrong.length > 0 ? wrong.flatMap(({ evidence }) => evidence) : each.evidence;
  const place = { width: EVIDENCE_WIDTH, paint: (_: unknown, text: string) => text };
  return { evidence: excerpt(events, pointed, place, EVIDENCE_LINES).map((line) => line.trimEnd()) };
}

/** By key, so that the same run always makes the same file. */
const inOrder = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Takes away what looks like a secret, wherever a run may have it from: an expectations file is not redacted. */
function redacted<T>(value: T): T {
  const secrets = new Secrets();
  const clean = (each: unknown): unknown => {
    if (typeof each === 'string') return secrets.redact(each);
    if (Array.isArray(each)) return each.map(clean);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(value) as T;
}
