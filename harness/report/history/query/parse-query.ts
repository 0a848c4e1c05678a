import { closest, distance } from 'fastest-levenshtein';
import { outcomeNames } from '../../../conformance/outcome.ts';
import { queryFields, queryFlags, type StandingTest } from './fields.ts';
import { QueryError } from './query-error.ts';
import { type QueryToken, tokensOf } from './tokens.ts';

/**
 * Reads a search such as `outcome:fail runner:gitlab-runner version:>=18 changed`. Terms side by side must all hold; `or`
 * binds less than that, `not`, `-` and `!` more; parentheses group. A word that is no flag is looked for in ids and
 * requirements.
 * @throws QueryError that says what is wrong, and what can be written instead
 */
export function parseQuery(text: string): StandingTest {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return () => true;
  const reader = new Reader(tokens, text.length);
  const test = reader.either();
  reader.end();
  return test;
}

class Reader {
  readonly #tokens: readonly QueryToken[];
  readonly #length: number;
  #next = 0;

  constructor(tokens: readonly QueryToken[], length: number) {
    this.#tokens = tokens;
    this.#length = length;
  }

  either(): StandingTest {
    const tests = [this.#all()];
    while (this.#take('or')) tests.push(this.#all());
    return tests.length === 1 ? (tests[0] as StandingTest) : (each) => tests.some((test) => test(each));
  }

  /** @throws QueryError for what is left */
  end(): void {
    const rest = this.#tokens[this.#next];
    if (rest) throw new QueryError('There is a ) without its (.', rest.at);
  }

  #all(): StandingTest {
    const tests = [this.#one()];
    for (let joined = this.#take('and'); joined || this.#goesOn(); joined = this.#take('and')) tests.push(this.#one());
    return (each) => tests.every((test) => test(each));
  }

  #goesOn(): boolean {
    return ['term', 'not', 'open'].includes(this.#tokens[this.#next]?.kind ?? 'close');
  }

  #one(): StandingTest {
    const token = this.#tokens[this.#next++];
    if (token?.kind === 'not') {
      const test = this.#one();
      return (each) => !test(each);
    }
    if (token?.kind === 'open') {
      const test = this.either();
      if (!this.#take('close')) throw new QueryError('There is a ( without its ).', token.at);
      return test;
    }
    if (token?.kind === 'term') return termTest(token);
    const before = this.#tokens[this.#next - 2]?.value;
    const where = before === undefined ? 'at the start' : `after ${before}`;
    throw new QueryError(
      `Something is missing ${where}: write what to search for, such as outcome:fail.`,
      token?.at ?? this.#length,
    );
  }

  #take(kind: QueryToken['kind']): boolean {
    if (this.#tokens[this.#next]?.kind !== kind) return false;
    this.#next++;
    return true;
  }
}

function termTest({ field, value, quoted, at }: QueryToken): StandingTest {
  if (field === undefined) return wordTest(value, quoted);
  const found = queryFields.find(({ name }) => name === field);
  if (!found) throw new QueryError(unknownField(field), at);
  const tests = value.split(quoted ? /$^/ : ',').map((each) => {
    const test = each === '' ? undefined : found.test(each.toLowerCase());
    if (!test) {
      const written = each === '' ? 'nothing' : each;
      throw new QueryError(`${field}: ${found.takes}. It was given ${written}; write ${field}:${found.example}.`, at);
    }
    return test;
  });
  return (each) => tests.some((test) => test(each));
}

function wordTest(value: string, quoted: boolean | undefined): StandingTest {
  const word = value.toLowerCase();
  const flag = quoted || !Object.hasOwn(queryFlags, word) ? undefined : queryFlags[word];
  if (flag) return flag.test;
  if (!quoted && outcomeNames.some((name) => name === word)) return ({ outcome }) => outcome === word;
  return ({ id, requirement }) => id.toLowerCase().includes(word) || requirement.toLowerCase().includes(word);
}

/** How many letters a name may be off to be taken for a slip of the finger. */
const SLIP = 3;

function unknownField(field: string): string {
  const names = queryFields.map(({ name }) => name);
  const near = closest(field, names);
  const meant = distance(field, near) <= SLIP ? ` Did you mean ${near}:?` : '';
  return `There is no field ${field}.${meant} There are ${names.join(', ')}. Put a word that has a colon in quotation marks.`;
}
