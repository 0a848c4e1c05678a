import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SemVer } from 'semver';
import { getSourcesHookName, isAtLeast } from '../../profile/index.ts';
import { configToml } from '../../recipes/index.ts';
import type { RunnerConfig, SubjectHost } from '../subject.ts';
import { writeLoginProfile } from './login-profile.ts';
import { SERVICE_ENVIRONMENT_SINCE } from './version.ts';

/** The name of the one runner in each config.toml. */
export const RUNNER_NAME = 'proxyproof';

/** The directory of one runner process, with everything it reads and writes. */
export interface RunnerPlace {
  readonly dir: string;
  readonly configFile: string;
  readonly buildsDir: string;
  readonly cacheDir: string;
  readonly caFile?: string;
  /** The process's environment: the case's own, and a directory for temporary files that goes with the world. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes the directory of one process. Each has its own, so a command never touches the configuration that another
 * process is running on.
 */
export async function makePlace(host: SubjectHost, config: RunnerConfig): Promise<RunnerPlace> {
  const dir = await mkdtemp(join(host.dir, 'runner-'));
  const place = {
    dir,
    configFile: join(dir, 'config.toml'),
    buildsDir: join(dir, 'builds'),
    cacheDir: join(dir, 'cache'),
    env: { TMPDIR: join(dir, 'tmp'), ...config.env },
  };
  await mkdir(join(dir, 'tmp'));
  await writeLoginProfile(host.dir);
  if (config.caFile !== undefined) return { ...place, caFile: config.caFile };
  if (config.caPem === undefined) return place;
  const caFile = join(dir, 'ca.pem');
  await writeFile(caFile, config.caPem);
  return { ...place, caFile };
}

/**
 * Writes the config.toml of a place.
 * @throws Error when this version has no word for what the configuration asks for
 */
export async function writeConfig(
  place: RunnerPlace,
  config: RunnerConfig,
  version: SemVer | undefined,
): Promise<void> {
  const { docker } = config;
  if (docker?.services?.some(({ environment }) => environment) && !isAtLeast(version, SERVICE_ENVIRONMENT_SINCE)) {
    throw new Error(
      `A service has an environment of its own in config.toml from gitlab-runner ${SERVICE_ENVIRONMENT_SINCE} on, and this is ${version?.version}. Give jobs the variables instead, which services get as well.`,
    );
  }
  const text = configToml({
    concurrent: config.concurrent ?? 1,
    checkInterval: config.checkInterval,
    runner: {
      name: RUNNER_NAME,
      url: config.url,
      token: config.token,
      // In containers the runner has directories of its own for both.
      ...(docker ? { docker } : { shell: { buildsDir: place.buildsDir, cacheDir: place.cacheDir } }),
      ...(config.cache ? { cache: config.cache } : {}),
      ...(config.environment ? { environment: config.environment } : {}),
      ...(config.getSourcesHook === undefined
        ? {}
        : { getSourcesHook: { name: getSourcesHookName(version), script: config.getSourcesHook } }),
      ...(config.preBuildScript === undefined ? {} : { preBuildScript: config.preBuildScript }),
      ...(place.caFile === undefined ? {} : { tlsCaFile: place.caFile }),
      ...(config.clientCertificate ? { clientCertificate: config.clientCertificate } : {}),
    },
  });
  await writeFile(place.configFile, text, { mode: 0o600 });
}
