import type { Command } from 'commander';
import { optionName } from './parse-options.ts';
import type { Verb } from './verb.ts';

/** Tells the parser how a verb is called. */
export function declare(command: Command, { options, examples }: Verb): void {
  for (const [key, { value, says, fallback, several }] of Object.entries(options)) {
    const flags = [optionName(key), ...(value === undefined ? [] : [value])].join(' ');
    if (several) command.option(flags, says, (typed: string, before: readonly string[] = []) => [...before, typed]);
    else command.option(flags, says, fallback);
  }
  command.addHelpText(
    'after',
    `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((each) => `  $ proxyproof ${each}`).join('\n')}`,
  );
}
