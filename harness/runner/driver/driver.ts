import { type ProfileName, profileFor, releaseOf } from '../../profile/index.ts';
import { finished, running, type StopRules } from '../running.ts';
import type { Ability, Driver, RunnerConfig, RunningSubject, Subject, SubjectHost } from '../subject.ts';
import type { RunnerDescription } from './describe.ts';
import { carryOut, type DriverVerb } from './plan.ts';

/** A driver's program, and what it said of its runner. */
export interface ContractDriverOptions {
  /** Absolute. */
  readonly path: string;
  readonly is: RunnerDescription;
  /** Instead of the one that the driver names. */
  readonly profile?: ProfileName;
  /** How long register, verify and unregister may take, in milliseconds: five waits of a minute for a rate limit, and some. */
  readonly commandLimitMs?: number;
}

/** How long a runner may take to stop that says nothing about it, in seconds. */
const STOP_SECONDS = 30;
const COMMAND_LIMIT_MS = 900_000;

/** Drives a runner as the user's own program says. What it does not say that it can is not asked of it. */
export function contractDriver({ path, is, profile, commandLimitMs }: ContractDriverOptions): Driver<'driver'> {
  const identity = { kind: 'driver', name: is.name, version: is.version, path } as const;
  return {
    identity,
    profile: profile ?? is.profile ?? profileFor(releaseOf(is.version)),
    clock: 'real',
    cannot: (ability) => (is.can.includes(ability) ? undefined : whyNot(is, ability)),
    ...(is.getSourcesHook === undefined ? {} : { getSourcesHookName: is.getSourcesHook }),
    ...(is.helperProgram === undefined
      ? {}
      : { helperProgram: is.helperProgram, helperIs: `${is.helperProgram}, as its driver says` }),
    subject: (host) => ({ identity, ...verbs(host, path, is, commandLimitMs ?? COMMAND_LIMIT_MS) }),
  };
}

const whyNot = ({ name, cannot }: RunnerDescription, ability: Ability): string =>
  (ability === 'service' ? undefined : cannot?.[ability]) ??
  `the driver of ${name} does not name the ability ${ability}`;

function verbs(host: SubjectHost, path: string, is: RunnerDescription, limitMs: number): Omit<Subject, 'identity'> {
  const { graceful = 'SIGTERM', forced = 'SIGTERM', seconds = STOP_SECONDS } = is.stop ?? {};
  const stop: StopRules = {
    graceful,
    forced,
    gracefulLimitMs: seconds * 1000,
    forcedLimitMs: seconds * 1000,
    disposeLimitMs: 1_000,
  };
  const polls = async (verb: DriverVerb, config: RunnerConfig): Promise<RunningSubject> =>
    running(host, await carryOut(host, path, verb, config), is.name, stop);
  const ends = async (verb: DriverVerb, config: RunnerConfig, token?: string) =>
    finished(host, await carryOut(host, path, verb, config, token), `${is.name} ${verb}`, limitMs);
  return {
    run: (config) => polls('run', config),
    runSingle: (config) => polls('run-single', config),
    register: (config, token) => ends('register', config, token),
    verify: (config) => ends('verify', config),
    unregister: (config) => ends('unregister', config),
  };
}
