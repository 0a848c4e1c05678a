import { Shescape } from 'shescape';
import { ALL_DEFAULTS } from '../conformance/glob.ts';
import type { CaseOutcome, Results } from '../conformance/outcome.ts';
import { REPETITION, withoutRepetition } from '../conformance/repetition.ts';

/** Options of the original command that decide what a case is, what the subject does in it, or how it is judged, besides the subject and the profile. */
const KEPT = new Set(['--helper', '--images', '--scenarios', '--expect', '--generation', '--repeat']);
/** Likewise, without a value. */
const KEPT_FLAGS = new Set(['--strict']);
/** Where it all happens; its value, if any, stands behind an equals sign. */
const PLACE = '--in-docker';

/** A case, with every axis of it where that is known. */
type NamedCase = Pick<CaseOutcome, 'id'> & Partial<Pick<CaseOutcome, 'axes'>>;

/** The command that runs just this case again, quoted for a POSIX shell. */
export function rerunCommand(results: Results, each: NamedCase): string {
  const words = ['run', patternOf(each), '--runner', results.subject.path, '--profile', results.profile];
  return [...programOf(results.environment.command), ...words, ...optionsOf(results)].map(shellQuote).join(' ');
}

/** What means this case alone, and all of its repetitions. */
function patternOf({ id, axes = {} }: NamedCase): string {
  const own = withoutRepetition(id);
  const hasSiblings = Object.keys(axes).some((axis) => axis !== REPETITION);
  return own.includes('[') || !hasSiblings ? own : own + ALL_DEFAULTS;
}

/** How a checkout's launcher is called, and how the one of an installed package. */
const CHECKOUT = ['./proxyproof'];
const INSTALLED = ['npx', 'proxyproof'];

/** The words by which the suite is called from where it is. @param url of a module of its own */
export const ownProgram = (url: string): readonly string[] => (url.includes('/node_modules/') ? INSTALLED : CHECKOUT);

const programOf = (command: string): readonly string[] =>
  command.startsWith(`${INSTALLED.join(' ')} `) ? INSTALLED : CHECKOUT;

/** Every case of a run has the same: a command line with hundreds of cases is taken apart once. */
const options = new WeakMap<Results, readonly string[]>();

function optionsOf(results: Results): readonly string[] {
  const kept = options.get(results) ?? keptOptions(results.environment.command);
  options.set(results, kept);
  return kept;
}

/** Bash's quotes are those of every POSIX shell. A word of ours that begins with a dash is an option, and stays one. */
const shell = new Shescape({ shell: 'bash', flagProtection: false });

/**
 * A word for a person to paste into a POSIX shell; characters that would do something to the terminal are left out.
 */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : shell.quote(word);
}

function keptOptions(command: string): string[] {
  const words = shellWords(command);
  return words.flatMap((word, index) => {
    const [name = '', value] = word.split(/=(.*)/s);
    if (name === PLACE || KEPT_FLAGS.has(word)) return [word];
    if (!KEPT.has(name)) return [];
    const next = value ?? words[index + 1];
    return next === undefined ? [] : [name, next];
  });
}

/** Splits a command line as a shell would, as far as quotes and backslashes go. */
function shellWords(command: string): string[] {
  const words = command.match(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return words.map((word) =>
    word.replace(
      /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/g,
      (_, escaped?: string, single?: string, double?: string) =>
        escaped ?? single ?? (double ?? '').replace(/\\(["\\$`])/g, '$1'),
    ),
  );
}
