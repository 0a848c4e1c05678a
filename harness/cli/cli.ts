import { type Argument, Command, CommanderError } from 'commander';
import { concealer } from './conceal.ts';
import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { withImage } from './in-docker/option.ts';
import { Interrupted } from './interruption.ts';
import { print } from './print.ts';
import { verbs } from './verbs.ts';
import { packageVersion } from './version.ts';

/**
 * Runs the command line tool.
 * @param args what follows the command's own name
 * @returns the exit code; nothing is thrown, and no user sees a stack trace
 */
export async function main(args: readonly string[], terminal: Terminal = ownTerminal()): Promise<ExitCode> {
  let exit: ExitCode = EXIT.ok;
  const words = withImage(args);
  const conceal = concealer(...args, ...urlsIn(terminal.env));
  const program = new Command('proxyproof')
    .description('Shows whether a CI runner, and the git and docker clients it drives, work behind a corporate proxy.')
    .version(packageVersion())
    .exitOverride()
    // Only the verb that is called is loaded, and knows its options.
    .configureHelp({ subcommandTerm: termOf })
    .configureOutput({
      writeOut: (text) => print(terminal.stdout, text),
      writeErr: (text) => print(terminal.stderr, conceal(text)),
    })
    .addHelpText(
      'after',
      "\nExamples:\n  $ proxyproof run\n  $ proxyproof run --runner gitlab-runner --profile 14.10\n  $ proxyproof list 'rate-limit/*'\n\n" +
        'Exit codes: 0 all as expected, 1 something not as expected, 2 wrong usage or configuration,\n' +
        '3 something is missing here, or --max-time ran out, 4 proxyproof itself failed,\n' +
        '129 and more: ended by a signal (128 + its number).',
    );
  try {
    for (const entry of verbs) {
      const command = new Command(entry.name).exitOverride().copyInheritedSettings(program).description(entry.says);
      for (const [name, says] of Object.entries(entry.arguments ?? {})) command.argument(name, says);
      program.addCommand(command);
      if (entry.name !== called(words)) continue;
      const { prepareVerb } = await import('./prepare-verb.ts');
      await prepareVerb(command, entry, { args, words, terminal }, (code) => {
        exit = code;
      });
    }

    if (args.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync(words, { from: 'user' });
    return exit;
  } catch (error) {
    return explain(error, terminal, conceal);
  }
}

/** The verb that is called, or that `help` is asked about. */
function called(words: readonly string[]): string | undefined {
  const [first, second] = words.filter((word) => !word.startsWith('-'));
  return first === 'help' ? second : first;
}

/** A verb in the list of verbs. */
function termOf(command: Command): string {
  const args = command.registeredArguments.map(written);
  return [command.name(), ...(command.name() === 'help' ? [] : ['[options]']), ...args].join(' ');
}

function written(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function explain(error: unknown, terminal: Terminal, conceal: (text: string) => string): ExitCode {
  if (error instanceof Interrupted) {
    print(terminal.stderr, `proxyproof: ${error.message}\n`);
    return error.exit;
  }
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const message = conceal(error instanceof Error ? error.message : String(error));
  print(terminal.stderr, `proxyproof: ${message}\n`);
  if (error instanceof Error) {
    const known = exitByName(error);
    if (known !== undefined) return known;
  }
  if (terminal.env['PROXYPROOF_DEBUG'] && error instanceof Error)
    print(terminal.stderr, `${conceal(error.stack ?? '')}\n`);
  return EXIT.harness;
}

/** The classes belong to layers that not every verb loads, so they are told by name. */
function exitByName(error: Error & { reason?: unknown }): ExitCode | undefined {
  switch (error.name) {
    case 'UsageError':
      return EXIT.usage;
    case 'SubjectError':
    case 'ReportError':
      return error.reason === 'usage' ? EXIT.usage : EXIT.environment;
    case 'EnvironmentError':
    case 'NoHomeError':
      return EXIT.environment;
    default:
      return undefined;
  }
}

/** What variables say of proxies and engines: an error may repeat it. */
const urlsIn = (env: Terminal['env']): readonly (string | undefined)[] =>
  Object.keys(env).flatMap((name) => (/(?:^|_)(?:proxy|host|url)$/i.test(name) ? [env[name]] : []));

function ownTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  return { stdin, stdout, stderr, env, cwd: process.cwd() };
}
