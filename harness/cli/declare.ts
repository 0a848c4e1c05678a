import type { Command } from 'commander';
import { optionName } from './parse-options.ts';
import type { Verb } from './verb.ts';

/** Tells the parser how a verb is called. */
export function declare(command: Command, { says, arguments: args = {}, options, examples }: Verb): void {
  command.description(says);
  for (const [name, says] of Object.entries(args)) command.argument(name, says);
  for (const [key, { value, says, fallback }] of Object.entries(options)) {
    command.option([optionName(key), ...(value === undefined ? [] : [value])].join(' '), says, fallback);
  }
  command.addHelpText('after', `\nExample:\n${examples.map((each) => `  $ proxyproof ${each}`).join('\n')}`);
}
