import { type Clock, realClock } from '../clock/index.ts';
import type { ProfileName } from '../profile/index.ts';
import { downloadRunner } from './download.ts';
import type { DownloadServer } from './download-server.ts';
import { gitlabPythonRunnerDriver } from './gitlab-python-runner/index.ts';
import { gitlabRunnerDriver, hasDockerExecutor, isDrivable, OLDEST_VERSION } from './gitlab-runner/index.ts';
import { SubjectError } from './resolve-error.ts';
import { identify, type ProgramIdentity } from './resolve-identify.ts';
import { findProgram } from './resolve-program.ts';
import { resolveReference } from './resolve-reference.ts';
import type { Driver } from './subject.ts';

/** What resolving a subject needs. */
export interface ResolveOptions {
  /** Instead of the one that goes with the subject's version. */
  readonly profile?: ProfileName;
  /** Where downloaded binaries are kept. */
  readonly cacheDir: string;
  /** GitLab's own by default. */
  readonly download?: DownloadServer;
  /** The user's environment: its PATH and its proxies are used. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** How long a program may take to say its version, in milliseconds; 10 s by default. */
  readonly identifyLimitMs?: number;
}

/**
 * Finds the subject that `--runner` names: `reference` or `reference:MUTANT`; a full version such as `17.11.4` or
 * `v17.11.4`, whose official binary is downloaded; else a program, by path or by name on PATH.
 * @throws SubjectError in a sentence that says what to do
 */
export async function resolveSubject(name: string, options: ResolveOptions): Promise<Driver> {
  if (name === '') throw new SubjectError('usage', '--runner is empty: try --runner reference.');
  if (name === 'reference' || name.startsWith('reference:')) return resolveReference(name, options.profile);
  const version = /^v?(\d+\.\d+\.\d+)$/.exec(name)?.[1];
  if (version) return downloaded(version, options);
  if (/^v?\d+(\.\d+)?$/.test(name)) {
    throw new SubjectError('usage', `${name} is not a full version: give all three numbers, such as 17.11.4.`);
  }
  return driverOf(await identified(await findProgram(name, options.env), options), options);
}

async function downloaded(version: string, options: ResolveOptions): Promise<Driver> {
  refuseOld(version);
  const path = await downloadRunner(version, {
    cacheDir: options.cacheDir,
    env: options.env,
    clock: options.clock ?? realClock(),
    ...(options.download ? { server: options.download } : {}),
  });
  const identity = await identified(path, options);
  if (identity.kind !== 'gitlab-runner' || identity.version !== version) {
    throw new SubjectError(
      'absent',
      `${path} was downloaded as gitlab-runner ${version}, but says it is ${identity.kind} ${identity.version}. ` +
        'Is the download server the right one?',
    );
  }
  return driverOf(identity, options);
}

function identified(path: string, options: ResolveOptions): Promise<ProgramIdentity> {
  return identify(path, {
    env: options.env,
    clock: options.clock ?? realClock(),
    ...(options.identifyLimitMs === undefined ? {} : { limitMs: options.identifyLimitMs }),
  });
}

async function driverOf({ kind, path, version }: ProgramIdentity, { profile }: ResolveOptions): Promise<Driver> {
  const options = { path, version, ...(profile ? { profile } : {}) };
  if (kind === 'gitlab-python-runner') return gitlabPythonRunnerDriver(options);
  refuseOld(version);
  return gitlabRunnerDriver({ ...options, docker: await hasDockerExecutor(path) });
}

function refuseOld(version: string): void {
  if (isDrivable(version)) return;
  throw new SubjectError(
    'usage',
    `gitlab-runner ${version} is older than ${OLDEST_VERSION}, the oldest I can drive: take a newer one.`,
  );
}
