import type { Command } from 'commander';
import { declare } from './declare.ts';
import type { ExitCode, Terminal } from './exit.ts';
import { parseOptions } from './parse-options.ts';
import type { VerbEntry } from './verbs.ts';

/** A command line, and who typed it. */
export interface TypedCommand {
  /** As it was typed. */
  readonly args: readonly string[];
  /** As the parser takes it. */
  readonly words: readonly string[];
  readonly terminal: Terminal;
}

/**
 * Loads a verb and gets it ready: what its options are, and what happens when it is called.
 * @param ended is given the exit code
 */
export async function prepareVerb(
  command: Command,
  { name, load }: VerbEntry,
  { args, words, terminal }: TypedCommand,
  ended: (exit: ExitCode) => void,
): Promise<void> {
  const verb = await load();
  declare(command, verb);
  command.action(async () => {
    const options = parseOptions(name, verb.options, command.opts());
    ended(
      await verb.act({ args: command.args, options, terminal, argv: words, command: () => quoted(args, terminal) }),
    );
  });
}

/** Few verbs want it, and what quotes takes time to load. */
async function quoted(args: readonly string[], { env }: Terminal): Promise<string> {
  const { ownProgram, shellQuote } = await import('../report/rerun.ts');
  // Inside a container the user has typed something else.
  return env['PROXYPROOF_COMMAND'] ?? [...ownProgram(import.meta.url), ...args].map(shellQuote).join(' ');
}
