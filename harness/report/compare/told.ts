import type { CaseOutcome } from '../../conformance/outcome.ts';
import { hasVerdict } from '../has-verdict.ts';
import { measuredValue, ranged } from '../measured/index.ts';
import type { CaseChange } from './case-change.ts';
import type { ToldGroup } from './pages.ts';
import { withoutAxes } from './without-axes.ts';

/** What a group of changes comes to, in sentences. */
export interface ChangeInWords {
  /** What the first run says: of several cases that differ in quantities alone, with their ranges. */
  readonly was: string;
  readonly is: string;
}

/** A group in sentences without their full stops. */
export function toldOf({ changes }: ToldGroup): ChangeInWords {
  const all = changes.map(sentencesOf);
  return {
    was: together(
      all.map(({ was }) => was),
      changes,
    ),
    is: together(
      all.map(({ is }) => is),
      changes,
    ),
  };
}

/** What was asked, where it is a measured answer that changed: of several the first. */
export function askedIn({ kind, changes }: ToldGroup): string | undefined {
  const asked = changes.flatMap(({ answers: [first] }) => first?.asked ?? []);
  return kind === 'measured' && asked.length === changes.length ? together(asked, changes) : undefined;
}

/** One sentence for all cases of a group: what an axis says in each of them is left out where it is another thing in each. */
function together(sentences: readonly string[], changes: ToldGroup['changes']): string {
  if (haveSameWords(sentences)) return ranged(sentences);
  const valuesOf = (name: string): readonly string[] => changes.map(({ after }) => after.axes[name] ?? '');
  const saying = varyingAxes(changes).filter((name) =>
    valuesOf(name).every((value, index) => {
      const sentence = sentences[index] ?? '';
      return withoutAxes(sentence, [value]) !== sentence;
    }),
  );
  return ranged(
    sentences.map((each, index) =>
      withoutAxes(
        each,
        saying.map((name) => valuesOf(name)[index] ?? ''),
      ),
    ),
  );
}

const haveSameWords = (sentences: readonly string[]): boolean =>
  new Set(sentences.map((each) => measuredValue(each).answer)).size === 1;

/** Axes that have several values in a group. */
function varyingAxes([first, ...others]: ToldGroup['changes']): readonly string[] {
  return Object.keys(first.after.axes).filter((name) =>
    others.some(({ after }) => after.axes[name] !== first.after.axes[name]),
  );
}

/** A change in one sentence: what both have in common stands in it once. `the second 0.00 s → 3.00 s after the 429`. */
export function changeSentence(change: ChangeInWords): string {
  const { before, was, is, after } = partsOf(change);
  return [...before, ...was, '→', ...is, ...after].join(' ');
}

/**
 * The same without most of what both have in common: `… after 8.50 s → 7.01 s`.
 * @param cut makes each side shorter; nothing of what they have in common is left then
 */
export function briefChange(change: ChangeInWords, cut?: (side: string) => string): string {
  const { before, was, is, after } = partsOf(change);
  if (cut) {
    const lead = before.length > 0 ? '… ' : '';
    return `${cut(lead + [...was, ...after].join(' '))} → ${cut([...is, ...after].join(' '))}`;
  }
  const left = before.length > COMMON + 1 ? ['…', ...before.slice(-COMMON)] : before;
  const right = after.length > COMMON + 1 ? [...after.slice(0, COMMON), '…'] : after;
  return [...left, ...was, '→', ...is, ...right].join(' ');
}

/** How many words on each side say what a quantity is of. */
const COMMON = 2;

/** What both sentences begin with, what differs, and what both end with: words. */
function partsOf({ was, is }: ChangeInWords): Readonly<Record<'before' | 'was' | 'is' | 'after', readonly string[]>> {
  const [one, other] = [was.split(' '), is.split(' ')];
  let begin = 0;
  while (begin < Math.min(one.length, other.length) && one[begin] === other[begin]) begin++;
  let end = 0;
  while (end < Math.min(one.length, other.length) - begin && one.at(-1 - end) === other.at(-1 - end)) end++;
  // A quantity is not told from its unit: `1.00 s → 3.00 s`.
  if (end > 0 && UNITS.has(one.at(-end) ?? '')) end--;
  const middle = (words: readonly string[]): readonly string[] => {
    const own = words.slice(begin, words.length - end);
    return own.length === 0 ? ['nothing'] : own;
  };
  return {
    before: one.slice(0, begin),
    was: middle(one),
    is: middle(other),
    after: end === 0 ? [] : one.slice(-end),
  };
}

const UNITS = new Set(['s', 's,', 'min', 'MiB', 'bytes', '%']);

/** A case's change in sentences. */
export function sentencesOf({ kind, before, after, answers }: CaseChange): ChangeInWords {
  if (before.outcome === after.outcome && (kind === 'measured' || kind === 'otherwise')) {
    const absent = 'no such answer';
    return {
      was: answers.map((each) => each.before ?? absent).join('; '),
      is: answers.map((each) => each.after ?? absent).join('; '),
    };
  }
  return { was: observedIn(before), is: observedIn(after) };
}

/** What was observed where something failed; else all that was; for a case without a verdict why. */
function observedIn({ findings, reason, outcome }: CaseOutcome): string {
  const wrong = findings.filter(({ verdict }) => verdict === 'fails' || verdict === 'blocked');
  const told = wrong.length > 0 ? wrong : findings;
  if (!hasVerdict(outcome) || told.length === 0) return reason.replace(/\.$/, '');
  return told.map(({ observed }) => observed).join('; ');
}
