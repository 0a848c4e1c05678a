import { INSTALLED_HELPER } from '../../diagnosis/host/paths.ts';
import { getSourcesHookName, type ProfileName, profileFor, releaseOf } from '../../profile/index.ts';
import { finished, running, type StopRules } from '../running.ts';
import type { Driver, RunnerConfig, Subject, SubjectHost } from '../subject.ts';
import {
  registerArguments,
  runArguments,
  runSingleArguments,
  unregisterArguments,
  verifyArguments,
} from './arguments.ts';
import type { HelperProgram } from './helper.ts';
import { makePlace, type RunnerPlace, writeConfig } from './place.ts';

/** A gitlab-runner binary, and how long its commands may take. */
export interface GitlabRunnerOptions {
  /** Absolute path of the binary. */
  readonly path: string;
  /** As its `--version` prints it. */
  readonly version: string;
  /** Instead of the one that goes with the version. */
  readonly profile?: ProfileName;
  /** What runs in helper containers; the runner itself when left out. */
  readonly helper?: HelperProgram;
  /** Whether it has the Docker executor; so every official one has. */
  readonly docker?: boolean;
  readonly limits?: Partial<GitlabRunnerLimits>;
}

/** All in milliseconds. */
export interface GitlabRunnerLimits {
  /** How long a graceful stop may take: it waits for the running jobs, so it depends on the case. */
  readonly gracefulMs: number;
  /** How long a forced stop may take: the runner gives its jobs and requests 30 s of its own. */
  readonly forcedMs: number;
  /** After a case, how long until a second signal, at which the runner leaves everything and exits. */
  readonly disposeMs: number;
  /** How long register, verify and unregister may take: five waits of a minute for a rate limit, and some. */
  readonly commandMs: number;
}

/** Read in its source (commands/config.go, 14.10.1 to 18.9.0), and seen. */
const CERTS_DIR =
  "as root it looks for certificates in /etc/gitlab-runner/certs, wherever its config.toml is, and that is the machine's own";

const LIMITS: GitlabRunnerLimits = { gracefulMs: 60_000, forcedMs: 35_000, disposeMs: 1_000, commandMs: 900_000 };

/**
 * Drives the real gitlab-runner, v14.10 and later, with its shell executor or its Docker executor. Versions differ here in
 * nothing but names: the hook's, a flag's, the profile. The same binary is its helper, too, unless another is given.
 *
 * `run` asks for a job once at its start, then every `checkInterval` seconds, and the interval counts from the moment a
 * worker took up the previous poll. `run-single` has an interval of its own: 3 s.
 *
 * Several hundred processes run side by side as they are. Nothing is tuned: what the Go runtime reads (GOMAXPROCS,
 * GOGC) would be seen by every job too, and would make it a different subject.
 */
export function gitlabRunnerDriver(options: GitlabRunnerOptions): Driver<'gitlab-runner'> {
  const version = releaseOf(options.version);
  const helper = options.helper ?? { path: options.path, chosen: 'since the runner is its own helper' };
  return {
    identity: { kind: 'gitlab-runner', version: options.version, path: options.path },
    profile: options.profile ?? profileFor(version),
    clock: 'real',
    cannot: (ability) => {
      if (ability === 'certs-dir') return CERTS_DIR;
      return ability === 'docker' && options.docker === false ? 'this build of it has no Docker executor' : undefined;
    },
    helperProgram: helper.path,
    helperIs: [helper.from ?? helper.path, helper.chosen, helper.remark?.brief ?? []].flat().join(', '),
    ...(helper.remark === undefined ? {} : { helperRemark: helper.remark.sentence }),
    helperVersion: options.version,
    getSourcesHookName: getSourcesHookName(version),
    subject: (host) => gitlabRunner(host, options),
    installation: () => ({
      volumes: [`${options.path}:/usr/local/bin/gitlab-runner:ro`, `${helper.path}:${INSTALLED_HELPER}:ro`],
    }),
  };
}

function gitlabRunner(host: SubjectHost, options: GitlabRunnerOptions): Subject {
  const { path } = options;
  const version = releaseOf(options.version);
  const limits = { ...LIMITS, ...options.limits };
  const rules: StopRules = {
    graceful: 'SIGQUIT',
    forced: 'SIGTERM',
    gracefulLimitMs: limits.gracefulMs,
    forcedLimitMs: limits.forcedMs,
    disposeLimitMs: limits.disposeMs,
  };

  const start = (place: RunnerPlace, args: readonly string[]) =>
    host.spawn(path, args, { env: place.env, cwd: place.dir });

  const command = async (name: string, config: RunnerConfig, args: (place: RunnerPlace) => readonly string[]) => {
    const place = await makePlace(host, config);
    // `register` writes a configuration of its own; the others look for the runner in one.
    if (name !== 'register') await writeConfig(place, config, version);
    return finished(host, await start(place, args(place)), `gitlab-runner ${name}`, limits.commandMs);
  };

  return {
    identity: { kind: 'gitlab-runner', version: options.version, path },
    run: async (config) => {
      const place = await makePlace(host, config);
      await writeConfig(place, config, version);
      return running(host, await start(place, runArguments(place)), 'gitlab-runner run', rules);
    },
    runSingle: async (config) => {
      const place = await makePlace(host, config);
      const args = runSingleArguments(place, config, version);
      return running(host, await start(place, args), 'gitlab-runner run-single', rules);
    },
    register: (config, token) =>
      command('register', config, (place) => registerArguments(place, config, token, version)),
    verify: (config) => command('verify', config, verifyArguments),
    unregister: (config) => command('unregister', config, unregisterArguments),
  };
}
