import { type ProfileName, profileFor, releaseOf } from '../../profile/index.ts';
import { finished, running, type StopRules } from '../running.ts';
import type { Ability, Driver, RunnerConfig, RunningSubject, Subject, SubjectHost } from '../subject.ts';
import { makePythonPlace, type PythonPlace } from './config.ts';

/** An installed gitlab-python-runner. */
export interface GitlabPythonRunnerOptions {
  /** Absolute path of its program, `gitlab-runner.py`. */
  readonly path: string;
  readonly version: string;
  /** Instead of the one that goes with the version, whose API this runner speaks. */
  readonly profile?: ProfileName;
  /** How long register and unregister may take, in milliseconds. */
  readonly commandLimitMs?: number;
}

const STOP: StopRules = {
  graceful: 'SIGINT',
  forced: 'SIGTERM',
  gracefulLimitMs: 10_000,
  forcedLimitMs: 10_000,
  disposeLimitMs: 1_000,
};

/** What it cannot do, read in its source (14.3.20) and seen. */
const CANNOT: Partial<Record<Ability, string>> = {
  verify: 'it has no verify command',
  'run-single': 'it has no command that works without a configuration file',
  'get-sources-hook': 'its configuration has no hook for the get-sources step',
  environment: 'its configuration has no list of variables for jobs',
  submodules: 'it clones without submodules',
  lfs: "it leaves LFS objects to what the machine's git configuration does with them",
  'check-interval': 'its poll interval is fixed at 40 s',
  docker: 'its docker executor starts containers by the docker CLI as a job says, and has no setting for any of it',
  'pre-build-script': 'its configuration has no pre_build_script',
  cache: 'it knows no caches',
  'certs-dir': 'it looks for no certificates beside its configuration',
  'client-certificate': 'it has no setting for a certificate of its own',
  concurrent: 'it runs one job at a time',
  'early-trace': 'it sends nothing of a trace in the first seconds of a job',
  'keep-alive': 'it tells GitLab nothing of a job that prints nothing',
  'direct-download': 'it never asks to be sent to object storage for a download',
  service: 'it is no single program that a machine could be given: it needs Python and its packages',
  'graceful-stop': 'every signal ends it at once, a running job included',
};

/**
 * Drives gitlab-python-runner with its shell executor. It asks for a job at its start, then every 40 s, or 10 s after
 * an error; a proxy reaches it by its environment alone.
 */
export function gitlabPythonRunnerDriver(options: GitlabPythonRunnerOptions): Driver<'gitlab-python-runner'> {
  return {
    identity: { kind: 'gitlab-python-runner', version: options.version, path: options.path },
    profile: options.profile ?? profileFor(releaseOf(options.version)),
    clock: 'real',
    cannot: (ability) => CANNOT[ability],
    subject: (host) => gitlabPythonRunner(host, options),
  };
}

function gitlabPythonRunner(host: SubjectHost, options: GitlabPythonRunnerOptions): Subject {
  const start = (place: PythonPlace, args: readonly string[]) =>
    host.spawn(options.path, args, { env: place.env, cwd: place.dir });

  const command = async (name: string, config: RunnerConfig, args: readonly string[]) => {
    const program = await start(await makePythonPlace(host, config), args);
    return finished(host, program, `gitlab-python-runner ${name}`, options.commandLimitMs ?? 120_000);
  };

  const refuse = async (ability: 'verify' | 'run-single'): Promise<never> => {
    throw new Error(`gitlab-python-runner cannot do this: ${CANNOT[ability]}. Ask cannot('${ability}') first.`);
  };

  return {
    identity: { kind: 'gitlab-python-runner', version: options.version, path: options.path },
    run: async (config): Promise<RunningSubject> => {
      const place = await makePythonPlace(host, config);
      return running(host, await start(place, ['--start', place.configFile]), 'gitlab-python-runner', STOP);
    },
    register: (config, token) => command('--register', config, ['--register', config.url, '--regtoken', token]),
    unregister: (config) => command('--unregister', config, ['--unregister']),
    verify: () => refuse('verify'),
    runSingle: () => refuse('run-single'),
  };
}
