import { QueryError } from './query-error.ts';

/** A piece of a search. */
export interface QueryToken {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'term';
  /** Of `version:>=18` what stands before the colon. */
  readonly field?: string;
  /** What stands after it, or the whole word, without quotation marks. */
  readonly value: string;
  /** It stood in quotation marks: a word to look for, whatever it is. */
  readonly quoted?: true;
  readonly at: number;
}

const WORDS: Readonly<Record<string, QueryToken['kind']>> = {
  and: 'and',
  '&': 'and',
  '&&': 'and',
  or: 'or',
  '|': 'or',
  '||': 'or',
  not: 'not',
};

/** Of a term: an optional field, and a value that may stand in quotation marks. */
const TERM = /(?:([A-Za-z]+):)?(?:"([^"]*)"|([^\s()"]*))/y;

/**
 * Takes a search apart.
 * @throws QueryError for a quotation mark without its other
 */
export function tokensOf(text: string): QueryToken[] {
  const tokens: QueryToken[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) at++;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close', value: character, at: at++ });
    } else if ((character === '-' || character === '!') && /[^\s]/.test(text.charAt(at + 1))) {
      tokens.push({ kind: 'not', value: character, at: at++ });
    } else {
      const token = termAt(text, at);
      tokens.push(token.token);
      at = token.end;
    }
  }
  return tokens;
}

function termAt(text: string, at: number): { token: QueryToken; end: number } {
  TERM.lastIndex = at;
  const [whole = '', field, quoted, plain = ''] = TERM.exec(text) ?? [];
  const end = at + whole.length;
  if (whole === '' || text.charAt(end) === '"') {
    throw new QueryError('A quotation mark has no other: close it, as in requirement:"same body".', at);
  }
  const kind = field === undefined && quoted === undefined ? WORDS[plain.toLowerCase()] : undefined;
  if (kind) return { token: { kind, value: plain, at }, end };
  const name = field === undefined ? {} : { field: field.toLowerCase() };
  const marks = quoted === undefined ? {} : { quoted: true as const };
  return { token: { kind: 'term', ...name, value: quoted ?? plain, ...marks, at }, end };
}
