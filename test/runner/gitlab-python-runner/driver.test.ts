import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { gitlabPythonRunnerDriver } from '../../../harness/runner/gitlab-python-runner/index.ts';
import type { Ability, RunnerConfig } from '../../../harness/runner/subject.ts';
import { type StandInHost, standInHost } from '../gitlab-runner/stand-in-host.ts';
import { type StandInPlan, standInRunner } from '../gitlab-runner/stand-in-runner.ts';

const config: RunnerConfig = {
  url: 'http://gitlab.test',
  token: 'runner-token',
  env: { https_proxy: 'http://proxy.test:3128' },
  checkInterval: 600,
};

async function setUp(plan: StandInPlan = {}, commandLimitMs = 5_000) {
  await using stack = new AsyncDisposableStack();
  const host = stack.use(await standInHost());
  const runner = stack.use(await standInRunner(plan));
  const driver = gitlabPythonRunnerDriver({ path: runner.path, version: '14.3.20', commandLimitMs });
  const owned = stack.move();
  return { host, subject: driver.subject(host), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const started = (host: StandInHost) =>
  host.until('the stand-in to start', (evidence) => {
    const line = evidence.logs(/"msg":"started"/)[0]?.line;
    return line === undefined
      ? undefined
      : (JSON.parse(line) as { args: string[]; env: Record<string, string>; cwd: string });
  });

describe('gitlab-python-runner', () => {
  it('is what it is', () => {
    const driver = gitlabPythonRunnerDriver({ path: '/py/gitlab-runner.py', version: '14.3.20' });
    expect(driver).toMatchObject({
      identity: { kind: 'gitlab-python-runner', version: '14.3.20', path: '/py/gitlab-runner.py' },
      profile: '14.10',
      clock: 'real',
    });
    expect(driver.getSourcesHookName).toBeUndefined();
  });

  it('says what it cannot do, and why', () => {
    const { cannot } = gitlabPythonRunnerDriver({ path: '/x', version: '14.3.20' });
    const able: Ability[] = ['poll', 'register', 'unregister', 'git', 'upload', 'download', 'custom-ca'];
    expect(able.map(cannot)).toEqual(able.map(() => undefined));
    expect(cannot('verify')).toBe('it has no verify command');
    expect(cannot('check-interval')).toContain('40 s');
  });

  it('runs on a configuration in its own directory, with the environment of the case', async () => {
    await using all = await setUp({ ends: ['term'] });
    await using running = await all.subject.run({ ...config, caPem: 'a certificate' });
    const { args, env, cwd } = await started(all.host);
    expect(args).toEqual(['--start', join(cwd, 'gitlab-runner.yml')]);
    expect(cwd.startsWith(all.host.dir)).toBe(true);
    expect(parse(await readFile(join(cwd, 'gitlab-runner.yml'), 'utf8'))).toEqual({
      server: 'http://gitlab.test',
      token: 'runner-token',
      executor: 'shell',
      shell: '/bin/bash',
      dir: cwd,
    });
    expect(env).toMatchObject({ https_proxy: 'http://proxy.test:3128', HOME: all.host.dir });
    expect(await readFile(env['REQUESTS_CA_BUNDLE'] ?? '', 'utf8')).toBe('a certificate');
    expect(env['GIT_SSL_CAINFO']).toBe(env['REQUESTS_CA_BUNDLE']);
    expect(await running.stop('forced')).toMatchObject({ code: 1 });
  });

  it('registers and unregisters', async () => {
    await using all = await setUp({ code: 1 });
    expect(await all.subject.register(config, 'new-token')).toEqual({ code: 1, signal: null });
    expect((await started(all.host)).args).toEqual(['--register', 'http://gitlab.test', '--regtoken', 'new-token']);
    expect(await all.subject.unregister(config)).toEqual({ code: 1, signal: null });
  });

  it('refuses what it cannot do', async () => {
    await using all = await setUp();
    await expect(all.subject.verify(config)).rejects.toThrow('it has no verify command');
    await expect(all.subject.runSingle(config)).rejects.toThrow('without a configuration file');
    expect(all.host.processes).toEqual([]);
  });
});
