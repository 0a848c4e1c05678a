import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configToml, type GetSourcesHookName } from '../../recipes/index.ts';
import type { RunnerConfig, SubjectHost } from '../subject.ts';
import { writeLoginProfile } from './login-profile.ts';

/** The name of the one runner in each config.toml. */
export const RUNNER_NAME = 'proxyproof';

/** The directory of one runner process, with everything it reads and writes. */
export interface Place {
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
export async function makePlace(host: SubjectHost, config: RunnerConfig): Promise<Place> {
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
  if (config.caPem === undefined) return place;
  const caFile = join(dir, 'ca.pem');
  await writeFile(caFile, config.caPem);
  return { ...place, caFile };
}

/** Writes the config.toml of a place. @param hookName what this version calls the get-sources hook */
export async function writeConfig(place: Place, config: RunnerConfig, hookName: GetSourcesHookName): Promise<void> {
  const text = configToml({
    concurrent: config.concurrent ?? 1,
    checkInterval: config.checkInterval,
    runner: {
      name: RUNNER_NAME,
      url: config.url,
      token: config.token,
      buildsDir: place.buildsDir,
      cacheDir: place.cacheDir,
      ...(config.environment ? { environment: config.environment } : {}),
      ...(config.getSourcesHook === undefined
        ? {}
        : { getSourcesHook: { name: hookName, script: config.getSourcesHook } }),
      ...(place.caFile === undefined ? {} : { tlsCaFile: place.caFile }),
    },
  });
  await writeFile(place.configFile, text, { mode: 0o600 });
}
