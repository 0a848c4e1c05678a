import { parseArgs } from 'node:util';
import { type ProfileName, profileChoice, profileNames } from '../../../profile/index.ts';
import type { ReferenceOptions } from '../options.ts';

/** What the program is told on its command line. */
export interface ProgramArguments extends ReferenceOptions {
  /** Path of config.toml. */
  readonly configFile: string;
  /** Where jobs of the shell executor are built. */
  readonly workingDirectory: string;
  /** What `register` is told; without it the command is `run`. */
  readonly registers?: Registration;
}

/** What `register` asks GitLab for. */
export interface Registration {
  readonly url: string;
  /** Of a runner, or for registering one. */
  readonly token: string;
}

/** Where gitlab-runner looks as root when it is told nothing. */
const CONFIG_FILE = '/etc/gitlab-runner/config.toml';

/**
 * Reads the command line that a unit of gitlab-runner has: `run --config FILE --working-directory DIR --service NAME
 * --user NAME`; or that of somebody who registers: `register --non-interactive --url URL --token TOKEN`. Before it stand
 * `--profile` and `--mutant`, which only this program knows.
 * @throws Error that names the word it does not know, or what a registration lacks
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
      // Of register alone; the last three would be written into config.toml.
      'non-interactive': { type: 'boolean' },
      url: { type: 'string' },
      token: { type: 'string' },
      'registration-token': { type: 'string' },
      name: { type: 'string' },
      executor: { type: 'string' },
      'docker-image': { type: 'string' },
    },
  });
  const [command, ...others] = positionals;
  if ((command !== 'run' && command !== 'register') || others.length > 0) {
    throw new Error(
      `The reference runner as a program knows two commands, run and register, but was given “${positionals.join(' ')}”.`,
    );
  }
  const { mutant } = values;
  const profile = values.profile === undefined ? undefined : known(values.profile);
  return {
    configFile: values.config,
    workingDirectory: values['working-directory'],
    ...(profile === undefined ? {} : { profile }),
    ...(mutant === undefined ? {} : { mutant }),
    ...(command === 'register' ? { registers: registration(values) } : {}),
  };
}

function registration(given: {
  readonly url?: string;
  readonly token?: string;
  readonly 'registration-token'?: string;
}): Registration {
  const { url, token = given['registration-token'] } = given;
  if (url !== undefined && token !== undefined) return { url, token };
  throw new Error('The reference runner registers with --url and --token or --registration-token alone.');
}

function known(profile: string): ProfileName {
  const found = profileNames.find((each) => each === profile);
  if (found !== undefined) return found;
  throw new Error(`The reference runner knows no profile ${profile}: use ${profileChoice}.`);
}
