import { BLANK, quantitiesIn, type Unit } from './quantities.ts';

/** A quantity of a measured answer. */
export interface Amount {
  /** In its unit; how many there are, where that is ''. */
  readonly amount: number;
  readonly unit: Unit;
  /** The words that say what it is: `the first after`, `job requests`. */
  readonly name: string;
}

/** The sentence of a measured answer, taken apart. */
export interface MeasuredValue {
  /** Its words, with `…` for every quantity and for what is new in every run: a port, a moment, an id. Words are compared. */
  readonly answer: string;
  /** Its quantities, in order. */
  readonly amounts: readonly Amount[];
}

/**
 * Takes the sentence of a measured answer apart, so that two of them can be compared by value.
 * @param observed the sentence, as a finding has it
 */
export function measuredValue(observed: string): MeasuredValue {
  let answer = '';
  let end = 0;
  const amounts: Amount[] = [];
  for (const quantity of quantitiesIn(observed)) {
    const before = observed.slice(end, quantity.at);
    const after = observed.slice(quantity.at + quantity.length);
    answer += before + quantity.blank;
    amounts.push({ amount: quantity.amount, unit: quantity.unit, name: quantity.of ?? nameOf(before, after) });
    end = quantity.at + quantity.length;
  }
  return { answer: withoutPassing(answer + observed.slice(end)), amounts };
}

/** What a quantity is: the words before it in its clause, and one that belongs to it behind: `git asked again … later`. */
function nameOf(before: string, after: string): string {
  const words = (before.split(/[,;:.(]\s|\s[(–]/).at(-1) ?? '').trim();
  const [, behind] = /^ (later|ago|earlier|more)\b/.exec(after) ?? [];
  return [words.replace(/^\d+ /, ''), behind].filter(Boolean).join(` ${BLANK} `) || 'measured';
}

/** What is another one in every run: ports that the system chose, moments, ids. */
const PASSING = [
  /(?<=:)\d{5}\b/g,
  /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\b[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} \d\d:\d\d:\d\d\b/g,
  /\b(?=[a-f]*\d)[\da-f]{12,}\b/g,
  /\b[\dA-HJKMNP-TV-Z]{26}\b/g,
];

const withoutPassing = (answer: string): string => PASSING.reduce((text, each) => text.replace(each, BLANK), answer);
