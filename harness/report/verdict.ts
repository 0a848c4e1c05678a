import type { CaseOutcome, Results } from '../conformance/outcome.ts';
import { asExpected } from '../conformance/totals.ts';

/**
 * The outcomes that were not as expected.
 * @param strict whether warnings count; what the totals show by default, since results.json does not say it
 */
export function unexpected(results: Results, strict?: boolean): readonly CaseOutcome[] {
  const lenient = results.outcomes.filter((each) => !asExpected(each, false));
  if (!(strict ?? lenient.length !== results.totals.unexpected)) return lenient;
  return results.outcomes.filter((each) => !asExpected(each, true));
}

/** How a reader is greeted: `bad` when something is not as expected, `none` when nothing was shown at all. */
export interface RunVerdict {
  readonly tone: 'good' | 'bad' | 'none';
  readonly sentence: string;
}

/** What a run comes to, in one or two sentences. */
export function verdictOf(results: Results): RunVerdict {
  const { notRun } = results;
  if (!notRun || notRun.cases.length === 0) return verdictOfRest(results);
  const all = notRun.cases.length + results.outcomes.length;
  const missing = `${notRun.cases.length} of ${plural(all, 'case', 'cases')} did not run: ${notRun.because}.`;
  if (results.outcomes.length === 0) return { tone: 'none', sentence: missing };
  const { tone, sentence } = verdictOfRest(results);
  const soFar = sentence.startsWith(subjectName(results)) ? `As far as it ran, ${sentence}` : sentence;
  return { tone: tone === 'good' ? 'none' : tone, sentence: `${missing} ${soFar}` };
}

function verdictOfRest(results: Results): RunVerdict {
  const { totals, profile } = results;
  const who = subjectName(results);
  const unused = results.unusedExpectations ?? [];
  const ran = totals.cases - totals.skip;
  if (totals.cases === 0) return { tone: 'none', sentence: 'Nothing ran: no case matched.' };
  if (ran === 0) {
    return { tone: 'none', sentence: `Nothing is shown about ${who}: all ${totals.cases} cases were skipped.` };
  }
  const wrong = unexpected(results);
  const unstable = (results.unstable ?? []).filter(({ differs }) => differs === 'outcome');
  const flaky =
    unstable.length === 0
      ? ''
      : ` ${plural(unstable.length, 'case is', 'cases are')} unstable: repeated, ${unstable.length === 1 ? 'it' : 'they'} came out otherwise.`;
  const leftovers = `${flaky}${
    unused.length === 0
      ? ''
      : ` ${plural(unused.length, 'entry', 'entries')} of the expectations file matched nothing: ${unused.join(', ')}.`
  }`;
  if (wrong.length === 0) {
    const known = results.outcomes.filter((each) => each.expected !== 'pass' && each.outcome !== 'skip').length;
    if (known > 0) {
      return {
        tone: leftovers ? 'bad' : 'good',
        sentence: `${who} deviates from profile ${profile} in ${known} of ${plural(ran, 'case', 'cases')}, all known; nothing new.${leftovers}`,
      };
    }
    const all = ran === 1 ? 'the one case that ran is' : `all ${ran} cases that ran are`;
    return {
      tone: leftovers ? 'bad' : 'good',
      sentence: `${who} behaves as profile ${profile} asks: ${all} as expected.${leftovers}`,
    };
  }
  if (wrong.every((each) => each.outcome === 'error')) {
    return {
      tone: 'bad',
      sentence: `The harness broke in ${wrong.length} of ${plural(ran, 'case', 'cases')}. That is not the fault of ${who}, and says nothing about it.${leftovers}`,
    };
  }
  if (wrong.every(isBetter)) {
    return {
      tone: 'bad',
      sentence: `The expectations file is out of date: ${who} no longer deviates in ${plural(wrong.length, 'case', 'cases')} that the file lists. Remove those entries, or narrow them.${leftovers}`,
    };
  }
  return {
    tone: 'bad',
    sentence: `${who} does not behave as profile ${profile} asks: ${wrong.length} of ${plural(ran, 'case', 'cases')} that ran ${wrong.length === 1 ? 'is' : 'are'} not as expected (${tally(wrong)}).${leftovers}`,
  };
}

/** `gitlab-runner 17.11.4`, or `reference:MUTANT 0.1.0`. */
export function subjectName(results: Results): string {
  const { kind, name, path, version } = results.subject;
  // A subject that is no file is its own name.
  return `${name ?? (path.split(':')[0] === kind ? path : kind)} ${version}`;
}

/** The first part of a scenario's id. */
export const familyOf = (each: Pick<CaseOutcome, 'scenario'>): string => each.scenario.split('/')[0] ?? each.scenario;

/** Outcomes by family, in the order of their first appearance. */
export function byFamily<T extends Pick<CaseOutcome, 'scenario'>>(outcomes: readonly T[]): Map<string, T[]> {
  return Map.groupBy(outcomes, familyOf);
}

/** Why an outcome that passed, or did not fail as it had to, is still not as expected; undefined when it is plain. */
export function surprise(each: CaseOutcome): string | undefined {
  if (each.expected === 'pass' || each.outcome === each.expected || each.outcome === 'skip') return undefined;
  return `The expectations file expects ${each.expected} (${each.expectation?.reason ?? 'no reason given'}), but the outcome was ${each.outcome}. Remove the entry, or narrow it.`;
}

/** A known deviation that is gone. */
const isBetter = ({ outcome, expected }: CaseOutcome): boolean =>
  expected !== 'pass' && (outcome === 'pass' || outcome === 'info');

function tally(outcomes: readonly CaseOutcome[]): string {
  const counts = new Map<string, number>();
  for (const each of outcomes) {
    const name = isBetter(each) ? `${each.outcome} where ${each.expected} was expected` : each.outcome;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => `${count} ${name}`).join(', ');
}

export const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
