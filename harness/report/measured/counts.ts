/** A number of things in a sentence: `3 job requests`. */
export interface Count {
  readonly amount: number;
  /** What is counted, in the plural. */
  readonly of: string;
  /** How many characters of the sentence say it. */
  readonly length: number;
  /** Whether the noun is among these. */
  readonly withNoun: boolean;
}

/** What judges count (`counted`): of `1 job request came` it says where the noun ends. */
const SINGULAR = new Set(
  'answer attempt blob byte call connection container file line limit login log-in lookup manifest offer part place poll request retry time tunnel upload variable'.split(
    ' ',
  ),
);

/** Words that are part of no noun: what stands before them is no count (`400 to a request`, `Retry-After: 7 the request`). */
const NO_NOUN = new Set(
  'a an the to of in on by for from with within after before is was are were has had as its it this that which did and or not at no'.split(
    ' ',
  ),
);

/** What stands before a number that is a name: a status, a code, a version, a place in a row. */
const NAMED = /\b(?:status|code|number|version|port|HTTP|Docker)\s$/i;
/** What stands before a status, besides. */
const ANSWERED = /\b(?:answered|answers?|on|an?|of|with)\s$/i;
const isStatus = (number: number): boolean => number >= 100 && number <= 599;

/**
 * What a number counts that stands alone in a sentence; undefined for one that counts nothing, such as a status.
 * @param at where the number begins
 * @param digits the number
 */
export function countAt(sentence: string, at: number, digits: string): Count | undefined {
  const amount = Number(digits);
  const before = sentence.slice(0, at);
  if (NAMED.test(before) || (isStatus(amount) && ANSWERED.test(before))) return undefined;
  const after = sentence.slice(at + digits.length + 1);
  const said = wordsCounted(amount, after);
  if (said) return { amount, of: pluralOf(amount, said), length: digits.length + 1 + said.length, withNoun: true };
  // `1 of 12 are lost`: the whole is as much a count as the part.
  const whole = /^of \d+(?= (?:(?:are|were|is|was) )?([a-z]+))/.exec(after)?.[1];
  if (whole !== undefined) return { amount, of: whole, length: digits.length, withNoun: false };
  const isWhole = /(?:^|[^\w.])\d+ of $/.test(before);
  return isWhole ? { amount, of: 'in all', length: digits.length, withNoun: false } : undefined;
}

/** The words that say what is counted; undefined when no noun follows. */
function wordsCounted(amount: number, after: string): string | undefined {
  const [first] = /^more\b/.exec(after) ?? [];
  if (first !== undefined) return first;
  const [phrase = ''] = /^[a-z][a-z-]*(?: [a-z][a-z-]*){0,2}(?![\w-])/.exec(after) ?? [];
  const words = phrase.split(' ');
  const end = words.findIndex((word) =>
    amount === 1 ? SINGULAR.has(word) : /[^s]s$/.test(word) && !NO_NOUN.has(word),
  );
  const noun = words.slice(0, end + 1);
  return end < 0 || noun.some((word) => NO_NOUN.has(word)) ? undefined : noun.join(' ');
}

const pluralOf = (amount: number, noun: string): string =>
  amount !== 1 || noun === 'more' ? noun : `${noun.replace(/y$/, 'ie')}s`;
