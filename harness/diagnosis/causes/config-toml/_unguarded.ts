/** `git config` that sets a proxy to what a variable holds, unquoted: with nothing in it git is asked for the value instead. */
const SETS =
  /git\s+config\s+(?:--?[\w-]+\s+)*(?:--add\s+)?https?\.(?:\S+\.)?proxy\s+\$(?:\{(\w+)\}|(\w+))(?=\s|;|&|\||\)|$)/g;

/** A command that ends the job when its variable is not set. */
export interface Unguarded {
  readonly command: string;
  readonly variable: string;
}

/**
 * The commands of a hook that set git's proxy to a variable that is not there, and that nothing keeps from ending the job. The shell goes by
 * `set -e`: of a list with && the last command alone ends it, and none of one with ||.
 * @param isKnown whether a job has a variable
 */
export function unguardedIn(script: string, isKnown: (variable: string) => boolean): readonly Unguarded[] {
  if (/set \+e|:=|\b(?:case|for|while|until)\s|\(\)\s*\{/.test(script)) return [];
  const found: Unguarded[] = [];
  // Of each if that is open, whether its commands run.
  const runs: boolean[] = [];
  for (const statement of statementsOf(script)) {
    const [, word = '', rest = ''] = /^(?:(if|elif|then|else|fi)\b)?\s*(.*)$/s.exec(statement) ?? [];
    if (word === 'if') runs.push(isMet(rest, isKnown));
    else if (word === 'elif' || word === 'else') runs[runs.length - 1] = false;
    else if (word === 'fi') runs.pop();
    if (/^(?:if|elif|fi)$/.test(word)) continue;
    if (/\b(?:exit|return)\b/.test(rest)) return found;
    if (runs.every((each) => each)) for (const each of inList(rest, isKnown)) found.push(each);
  }
  return found;
}

const statementsOf = (script: string): readonly string[] =>
  script
    .replace(/\\\n/g, ' ')
    .split(/[;\n]+/)
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('#'));

/** Whether a condition is surely met: it asks for variables that are there. */
const isMet = (condition: string, isKnown: (variable: string) => boolean): boolean =>
  /^(?:\[+|test)\s+-n\s/.test(condition) && !/-z|!|=|\|\|/.test(condition) && variablesIn(condition).every(isKnown);

const variablesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);

function inList(list: string, isKnown: (variable: string) => boolean): readonly Unguarded[] {
  if (/\|/.test(list)) return [];
  const commands = list.split('&&');
  const last = commands.at(-1) ?? '';
  // A test before it fails without its variable, and the command does not run.
  if (commands.slice(0, -1).some((each) => !isSureToPass(each, isKnown))) return [];
  return [...last.matchAll(SETS)].flatMap(([command, braced, plain]) => {
    const variable = braced ?? plain ?? '';
    return isKnown(variable) ? [] : [{ command, variable }];
  });
}

const isSureToPass = (command: string, isKnown: (variable: string) => boolean): boolean =>
  variablesIn(command).every(isKnown) && (!/\[|\btest\b/.test(command) || isMet(command.trim(), isKnown));
