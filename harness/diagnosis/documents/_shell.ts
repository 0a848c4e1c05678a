/** An assignment that a shell script or profile makes for good. */
export interface ShellAssignment {
  /** From 1, in the text. */
  readonly line: number;
  readonly name: string;
  readonly value: string;
  /** As it stands in the file. */
  readonly written: string;
  readonly exported: boolean;
}

const WORD = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\;&|(){}#]|(?<=\S)#)+|[;&|(){}]|#.*/gy;
const KEYWORDS = new Set(['then', 'do', 'else', 'if', 'fi', 'done', 'while', 'elif']);
const EXPORT = new Set(['export', 'declare', 'typeset', 'local', 'readonly', 'setenv', 'set']);

/**
 * Variables that a script sets, references to those before put in; one for a single command (`A=b curl …`) and the text of a here-document are
 * none.
 */
export function shellAssignments(text: string): readonly ShellAssignment[] {
  const found: ShellAssignment[] = [];
  const known = new Map<string, string>();
  let until: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (until !== undefined) {
      if (line.trim() === until) until = undefined;
      continue;
    }
    if (line.length > 65_536) continue;
    until = /<<-?\s*['"\\]?(\w+)/.exec(line)?.[1];
    for (const command of commandsOf(line)) {
      for (const each of ofCommand(command)) {
        const value = expanded(each.written, known);
        known.set(each.name, value);
        found.push({ ...each, value, line: index + 1 });
      }
    }
  }
  return found;
}

/** The words of each command in a line, without what a comment says. */
function commandsOf(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  WORD.lastIndex = 0;
  let at = 0;
  while (at < line.length) {
    if (/\s/.test(line.charAt(at))) {
      at += 1;
      continue;
    }
    WORD.lastIndex = at;
    const word = WORD.exec(line)?.[0];
    // A quotation mark without its end: what follows is not known.
    if (word === undefined || (word.startsWith('#') && (at === 0 || /\s/.test(line.charAt(at - 1))))) break;
    at += word.length;
    if (/^[;&|(){}]$/.test(word) || (KEYWORDS.has(word) && commands.at(-1)?.length === 0)) commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands;
}

function ofCommand(words: readonly string[]): { name: string; written: string; exported: boolean }[] {
  const [first = '', second = '', third] = words;
  if (first === 'setenv' && third !== undefined) return [{ name: second, written: third, exported: true }];
  const exported = EXPORT.has(first);
  const rest = exported ? words.slice(1).filter((word) => !word.startsWith('-')) : words;
  const assigned = rest.map((word) => /^([A-Za-z_][\w-]*)=(.*)$/s.exec(word));
  if (!exported && assigned.some((each) => each === null)) return [];
  return assigned.flatMap((each) => (each ? [{ name: each[1] ?? '', written: each[2] ?? '', exported }] : []));
}

/** Quotes undone and what is known put in for references. */
function expanded(written: string, known: ReadonlyMap<string, string>): string {
  return written.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^'"\\]+)/gs, (_, single, double, escaped, plain) => {
    if (single !== undefined) return single as string;
    if (escaped !== undefined) return escaped as string;
    const text = ((double as string | undefined) ?? (plain as string)).replace(/\\(["\\$`])/g, '$1');
    return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => known.get(braced ?? bare) ?? whole);
  });
}
