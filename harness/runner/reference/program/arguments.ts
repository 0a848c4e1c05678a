import { parseArgs } from 'node:util';
import { type ProfileName, profileChoice, profileNames } from '../../../profile/index.ts';
import type { ReferenceOptions } from '../options.ts';

/** What the program is told on its command line. */
export interface ProgramArguments extends ReferenceOptions {
  /** Path of config.toml. */
  readonly configFile: string;
  /** Where jobs of the shell executor are built. */
  readonly workingDirectory: string;
}

/** Where gitlab-runner looks as root when it is told nothing. */
const CONFIG_FILE = '/etc/gitlab-runner/config.toml';

/**
 * Reads the command line that a unit of gitlab-runner has: `run --config FILE --working-directory DIR --service NAME
 * --user NAME`. Before it stand `--profile` and `--mutant`, which only this program knows.
 * @throws Error that names the word it does not know
 */
export function readArguments(words: readonly string[]): ProgramArguments {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      profile: { type: 'string' },
      mutant: { type: 'string' },
      config: { type: 'string', short: 'c', default: CONFIG_FILE },
      'working-directory': { type: 'string', short: 'd', default: process.cwd() },
      // As on a real unit's line; jobs of the Docker executor run as their images say.
      service: { type: 'string', short: 'n' },
      user: { type: 'string', short: 'u' },
    },
  });
  const [command, ...others] = positionals;
  if (command !== 'run' || others.length > 0) {
    throw new Error(
      `The reference runner as a program knows one command, run, but was given “${positionals.join(' ')}”.`,
    );
  }
  const { mutant } = values;
  const profile = values.profile === undefined ? undefined : known(values.profile);
  return {
    configFile: values.config,
    workingDirectory: values['working-directory'],
    ...(profile === undefined ? {} : { profile }),
    ...(mutant === undefined ? {} : { mutant }),
  };
}

function known(profile: string): ProfileName {
  const found = profileNames.find((each) => each === profile);
  if (found !== undefined) return found;
  throw new Error(`The reference runner knows no profile ${profile}: use ${profileChoice}.`);
}
