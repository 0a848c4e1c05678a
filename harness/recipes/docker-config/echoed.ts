type Variables = ReadonlyMap<string, string>;

/** One piece of a shell's text, and how much of the script it is. */
interface Piece {
  readonly text: string;
  readonly length: number;
}

/**
 * What the first `echo` of a script prints, as bash's would: it ends at a redirection, an operator or the line's end.
 * Quotes, escapes and plain variables are understood, since that is how config.json gets written; nothing is run.
 * @param variables what the script would find in its environment; what is not there is empty
 * @returns undefined when there is no echo, or more in it than that, such as `$(…)`
 */
export function echoed(script: string, variables: Variables): string | undefined {
  const start = /(?:^|[\s;&|(])echo[ \t]+/.exec(script);
  if (!start) return undefined;
  let rest = script.slice(start.index + start[0].length);
  let text = '';
  while (rest !== '' && !/^[>;&|\n)]/.test(rest)) {
    const piece = singleQuoted(rest) ?? doubleQuoted(rest, variables) ?? bare(rest, variables);
    if (!piece) return undefined;
    text += piece.text;
    rest = rest.slice(piece.length);
  }
  return text.trimEnd();
}

function singleQuoted(rest: string): Piece | undefined {
  const [whole, text = ''] = /^'([^']*)'/.exec(rest) ?? [];
  return whole === undefined ? undefined : { text, length: whole.length };
}

function doubleQuoted(rest: string, variables: Variables): Piece | undefined {
  if (!rest.startsWith('"')) return undefined;
  let text = '';
  let at = 1;
  while (at < rest.length) {
    const here = rest.slice(at);
    if (here.startsWith('"')) return { text, length: at + 1 };
    const escaped = /^\\([$`"\\])/.exec(here);
    const piece = escaped ? { text: escaped[1] ?? '', length: 2 } : expanded(here, variables);
    if (!piece) return undefined;
    text += piece.text;
    at += piece.length;
  }
  return undefined;
}

function bare(rest: string, variables: Variables): Piece | undefined {
  const space = /^[ \t]+/.exec(rest);
  if (space) return { text: ' ', length: space[0].length };
  const escaped = /^\\(.)/s.exec(rest);
  if (escaped) return { text: escaped[1] ?? '', length: 2 };
  return /^["']/.test(rest) ? undefined : expanded(rest, variables);
}

/** One character, or a variable; nothing for what would have to be run. */
function expanded(rest: string, variables: Variables): Piece | undefined {
  const variable = /^\$(?:\{(\w+)\}|([A-Za-z_]\w*))/.exec(rest);
  if (variable) return { text: variables.get(variable[1] ?? variable[2] ?? '') ?? '', length: variable[0].length };
  return /^(?:`|\$[({])/.test(rest) ? undefined : { text: rest.slice(0, 1), length: 1 };
}
