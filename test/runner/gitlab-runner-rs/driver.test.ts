import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { gitlabRunnerRsDriver } from '../../../harness/runner/gitlab-runner-rs/index.ts';
import type { Ability, RunnerConfig } from '../../../harness/runner/subject.ts';
import { standInHost } from '../gitlab-runner/stand-in-host.ts';
import { type StandInPlan, standInRunner } from '../gitlab-runner/stand-in-runner.ts';

const config: RunnerConfig = {
  url: 'http://gitlab.test',
  token: 'runner-token',
  env: { https_proxy: 'http://proxy.test:3128' },
  checkInterval: 600,
};

async function setUp(plan: StandInPlan = {}) {
  await using stack = new AsyncDisposableStack();
  const host = stack.use(await standInHost());
  const runner = stack.use(await standInRunner(plan));
  const driver = gitlabRunnerRsDriver({ path: runner.path, version: '0.3.2' });
  const owned = stack.move();
  return { host, subject: driver.subject(host), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

describe('the demo-runner of gitlab-runner-rs', () => {
  it('is what it is', () => {
    const driver = gitlabRunnerRsDriver({ path: '/x/demo-runner', version: '0.3.2' });
    expect(driver).toMatchObject({
      identity: { kind: 'gitlab-runner-rs', version: '0.3.2', path: '/x/demo-runner' },
      profile: '14.10',
      clock: 'real',
    });
    expect(gitlabRunnerRsDriver({ path: '/x', version: '0.3.2', profile: '18.3' }).profile).toBe('18.3');
  });

  it('says what it cannot do, and why', () => {
    const { cannot } = gitlabRunnerRsDriver({ path: '/x', version: '0.3.2' });
    const able: Ability[] = ['poll', 'custom-ca'];
    expect(able.map(cannot)).toEqual(able.map(() => undefined));
    expect(cannot('script')).toContain('run no shell');
    expect(cannot('check-interval')).toContain('5 s');
  });

  it('runs on a URL and a token, with the environment of the case and the CA in a variable', async () => {
    await using all = await setUp({ ends: ['term'], stuck: true });
    await using running = await all.subject.run({ ...config, caPem: 'a certificate' });
    const { args, env, cwd } = await all.host.until('the stand-in to start', (evidence) => {
      const line = evidence.logs(/"msg":"started"/)[0]?.line;
      return line === undefined
        ? undefined
        : (JSON.parse(line) as { args: string[]; env: Record<string, string>; cwd: string });
    });
    expect(args).toEqual(['http://gitlab.test', 'runner-token']);
    expect(cwd.startsWith(all.host.dir)).toBe(true);
    expect(env).toMatchObject({ https_proxy: 'http://proxy.test:3128', TMPDIR: `${cwd}/tmp` });
    expect(await readFile(env['SSL_CERT_FILE'] ?? '', 'utf8')).toBe('a certificate');
    expect(await running.stop('forced')).toMatchObject({ code: 1, signal: null });
  });

  it('refuses what it cannot do', async () => {
    await using all = await setUp();
    await expect(all.subject.verify(config)).rejects.toThrow('it has no verify command');
    await expect(all.subject.runSingle(config)).rejects.toThrow('it has no run-single command');
    expect(all.host.processes).toEqual([]);
  });
});
