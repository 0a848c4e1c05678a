import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { RunnerConfig, SubjectHost } from '../subject.ts';

/** The directory of one process of gitlab-python-runner. */
export interface PythonPlace {
  readonly dir: string;
  readonly configFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes the directory and writes gitlab-runner.yml into it: the name that `--unregister` reads, in its working directory.
 */
export async function makePythonPlace(host: SubjectHost, config: RunnerConfig): Promise<PythonPlace> {
  const dir = await mkdtemp(join(host.dir, 'runner-'));
  const configFile = join(dir, 'gitlab-runner.yml');
  await mkdir(join(dir, 'tmp'));
  const file = { server: config.url, token: config.token, executor: 'shell', shell: '/bin/bash', dir };
  await writeFile(configFile, stringify(file), { mode: 0o600 });
  return { dir, configFile, env: await environment(dir, config) };
}

async function environment(dir: string, config: RunnerConfig): Promise<Record<string, string>> {
  // Its log would otherwise come when a buffer is full, not when something happens.
  const env = { TMPDIR: join(dir, 'tmp'), PYTHONUNBUFFERED: '1', ...config.env };
  const caFile = config.caFile ?? join(dir, 'ca.pem');
  if (config.caPem !== undefined) await writeFile(caFile, config.caPem);
  else if (config.caFile === undefined) return env;
  // It has no setting for a private CA: its HTTP library reads the first variable, the git it starts the second.
  return { ...env, REQUESTS_CA_BUNDLE: caFile, GIT_SSL_CAINFO: caFile };
}
