import type { Finding } from '../../conformance/finding.ts';
import type { CaseOutcome } from '../../conformance/outcome.ts';
import { type MeasuredValue, measuredValue, sameValue } from '../measured/index.ts';

/** One answer of a case in two runs, with another value in each. */
export interface AnswerChange {
  /** What was asked, or what was expected. */
  readonly asked: string;
  /** The sentence of the first run; undefined where it had no such answer. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Why it may be another one in every run, of a scenario that says so. */
  readonly varies?: string;
}

/**
 * The answers of a case whose values differ, by what was asked. Ports, moments and ids are no values.
 * @param verdict which findings are looked at: measured answers, or what fails
 */
export function changedAnswers(
  before: CaseOutcome,
  after: CaseOutcome,
  verdict: 'measured' | 'fails',
): readonly AnswerChange[] {
  const [one, other] = [before, after].map((each) => byQuestion(each, verdict)) as [Answers, Answers];
  const asked = [...one.keys()].flatMap((key): readonly Pair[] => {
    const is = other.get(key);
    return is ? [[one.get(key), is]] : [];
  });
  return [...asked, ...unasked(one, other)].flatMap(([was, is]): readonly AnswerChange[] => {
    if (was && is && sameValue(was.value, is.value)) return [];
    const varies = is?.finding.varies ?? was?.finding.varies;
    return [
      {
        asked: (is ?? was)?.finding.expected ?? '',
        before: was?.finding.observed,
        after: is?.finding.observed,
        ...(varies === undefined ? {} : { varies }),
      },
    ];
  });
}

/** Answers to what was asked in one run alone; where both have as many, they are taken for the same questions in other words. */
function unasked(one: Answers, other: Answers): readonly Pair[] {
  const alone = (these: Answers, those: Answers): readonly Answer[] =>
    [...these].flatMap(([key, answer]) => (those.has(key) ? [] : [answer]));
  const [gone, come] = [alone(one, other), alone(other, one)];
  if (gone.length === come.length) return gone.map((was, index) => [was, come[index]]);
  return [...gone.map((was): Pair => [was, undefined]), ...come.map((is): Pair => [undefined, is])];
}

interface Answer {
  readonly finding: Finding;
  readonly value: MeasuredValue;
}
type Answers = ReadonlyMap<string, Answer>;
type Pair = readonly [was: Answer | undefined, is: Answer | undefined];

/** A question that is put twice is told apart by its place; a moment in it is another one in every run. */
function byQuestion({ findings }: CaseOutcome, verdict: Finding['verdict']): Answers {
  const answers = new Map<string, Answer>();
  for (const finding of findings) {
    if (finding.verdict !== verdict) continue;
    const question = measuredValue(finding.expected).answer;
    let key = question;
    for (let place = 2; answers.has(key); place++) key = `${question} ${place}`;
    answers.set(key, { finding, value: measuredValue(finding.observed) });
  }
  return answers;
}
