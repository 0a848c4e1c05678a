import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import {
  type GitlabRunnerLimits,
  gitlabRunnerDriver,
  hasDockerExecutor,
} from '../../../harness/runner/gitlab-runner/index.ts';
import type { RunnerConfig } from '../../../harness/runner/subject.ts';
import { type StandInHost, standInHost } from './stand-in-host.ts';
import { type StandInPlan, standInRunner } from './stand-in-runner.ts';

const config: RunnerConfig = {
  url: 'http://gitlab.test',
  token: 'runner-token',
  env: { HTTP_PROXY: 'http://proxy.test:3128/' },
  checkInterval: 600,
  getSourcesHook: 'echo hook',
  environment: ['A=1', 'B=2 3'],
  caPem: 'a certificate',
  clientCertificate: { certFile: '/runner.crt', keyFile: '/runner.key' },
};

interface Started {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly files: Readonly<Record<string, string>>;
}

const started = (host: StandInHost, nth = 0): Promise<Started> =>
  host.until('the stand-in to start', (evidence) => {
    const line = evidence.logs(/"msg":"started"/)[nth]?.line;
    return line === undefined ? undefined : (JSON.parse(line) as Started);
  });

const runnersIn = ({ args, files }: Started): unknown =>
  parse(files[args[args.indexOf('--config') + 1] ?? ''] ?? '')['runners'];

/** A stand-in, its driver, and a host that it runs in. */
async function setUp(plan: StandInPlan = {}, version = '17.11.4', limits: Partial<GitlabRunnerLimits> = {}) {
  await using stack = new AsyncDisposableStack();
  const host = stack.use(await standInHost());
  const runner = stack.use(await standInRunner(plan));
  const driver = gitlabRunnerDriver({ path: runner.path, version, limits });
  const owned = stack.move();
  return { host, driver, subject: driver.subject(host), [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

describe('versions', () => {
  it.each([
    ['14.10.1', '14.10', 'pre_clone_script'],
    ['15.8.2', '14.10', 'pre_clone_script'],
    ['15.9.0', '14.10', 'pre_get_sources_script'],
    ['17.11.4', '17.5', 'pre_get_sources_script'],
    ['18.2.2', '17.5', 'pre_get_sources_script'],
    ['18.3.0', '18.3', 'pre_get_sources_script'],
    ['18.10.0', '18.3', 'pre_get_sources_script'],
    ['19.3.0', '18.11', 'pre_get_sources_script'],
    ['18.3.0~pre.88.g1234abcd', '18.3', 'pre_get_sources_script'],
    ['development version', '18.11', 'pre_get_sources_script'],
  ])('%s goes with profile %s and %s', (version, profile, hook) => {
    const driver = gitlabRunnerDriver({ path: '/runner', version });
    expect(driver).toMatchObject({ profile, getSourcesHookName: hook, clock: 'real' });
    expect(driver.identity).toEqual({ kind: 'gitlab-runner', version, path: '/runner' });
  });

  it('can be given another profile', () => {
    expect(gitlabRunnerDriver({ path: '/runner', version: '17.11.4', profile: '18.3' }).profile).toBe('18.3');
  });
});

describe('what a build can do', () => {
  it('depends on its executors', () => {
    const [whole, cut] = [true, false].map((docker) =>
      gitlabRunnerDriver({ path: '/runner', version: '19.3.0', docker }),
    );
    expect(whole?.cannot('docker')).toBeUndefined();
    expect(cut?.cannot('docker')).toMatch(/no Docker executor/);
    expect(cut?.cannot('cache')).toBeUndefined();
  });

  it('is found in the file', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    const file = join(dir, 'runner');
    const has = async (content: string): Promise<boolean> => {
      await writeFile(file, content);
      return hasDockerExecutor(file);
    };
    const name = 'gitlab.com/gitlab-org/gitlab-runner/executors/';
    try {
      // Across the border between two pieces that are read.
      expect(await has(`${'x'.repeat(2 ** 20 - 60)}${name}docker.(*executor).Prepare`)).toBe(true);
      expect(await has(`${name}shell.(*executor).Prepare${'x'.repeat(2 ** 20)}`)).toBe(false);
      expect(await has('#!/bin/sh\nexec gitlab-runner "$@"\n')).toBe(true);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('its own binary is helper and service', () => {
    const driver = gitlabRunnerDriver({ path: '/runner', version: '17.11.4' });
    expect(driver.helperProgram).toBe('/runner');
    expect(driver.installation?.()).toEqual({
      volumes: ['/runner:/usr/local/bin/gitlab-runner:ro', '/runner:/usr/local/bin/gitlab-runner-helper:ro'],
    });
  });
});

describe('run', () => {
  it('gets its configuration, its directory and exactly the environment of the case', async () => {
    await using all = await setUp({ ends: ['term'] });
    await using running = await all.subject.run(config);
    const seen = await started(all.host);
    expect(seen.args.slice(0, 3)).toEqual(['--log-format', 'json', 'run']);
    expect(seen.args[seen.args.indexOf('--working-directory') + 1]).toBe(seen.cwd);
    expect(seen.cwd.startsWith(all.host.dir)).toBe(true);
    const { HOME, PATH, LANG, TMPDIR, ...rest } = seen.env;
    expect(rest).toEqual({ HTTP_PROXY: 'http://proxy.test:3128/' });
    expect([HOME, TMPDIR?.startsWith(all.host.dir), LANG]).toEqual([all.host.dir, true, 'C.UTF-8']);
    expect(PATH).toBeTruthy();
    expect(runnersIn(seen)).toMatchObject([
      {
        token: 'runner-token',
        environment: ['A=1', 'B=2 3'],
        pre_get_sources_script: 'echo hook',
        builds_dir: `${seen.cwd}/builds`,
        'tls-ca-file': `${seen.cwd}/ca.pem`,
        'tls-cert-file': '/runner.crt',
        'tls-key-file': '/runner.key',
      },
    ]);
    expect(await running.stop('forced')).toMatchObject({ code: 1 });
  });

  const docker = { host: 'unix:///docker.sock', image: 'job', helperImage: 'helper' };

  it('writes the Docker executor, a cache and the script before the build', async () => {
    await using all = await setUp({ ends: ['term'] }, '14.10.1');
    const cache = { serverAddress: 's3.test', insecure: true, bucket: 'b', accessKey: 'k', secretKey: 's' };
    await using _ = await all.subject.run({ ...config, docker, cache, preBuildScript: 'echo build' });
    const [runner] = runnersIn(await started(all.host)) as Record<string, unknown>[];
    expect(runner).toMatchObject({
      executor: 'docker',
      pre_clone_script: 'echo hook',
      pre_build_script: 'echo build',
      docker: { host: 'unix:///docker.sock', image: 'job', helper_image: 'helper' },
      cache: { Type: 's3', s3: { ServerAddress: 's3.test', SecretKey: 's' } },
    });
    expect(runner).not.toHaveProperty('builds_dir');
  });

  it.each([
    ['15.9.1', false],
    ['15.10.0', true],
  ])("in %s a service's own environment is known: %s", async (version, known) => {
    await using all = await setUp({ ends: ['term'] }, version);
    const services = [{ name: 'dind', environment: ['A=1'] }];
    const running = all.subject.run({ ...config, docker: { ...docker, services } });
    if (known) {
      await using _ = await running;
      expect(runnersIn(await started(all.host))).toMatchObject([{ docker: { services } }]);
    } else await expect(running).rejects.toThrow('from gitlab-runner 15.10.0 on, and this is 15.9.1');
  });

  it('gives each process a directory of its own', async () => {
    await using all = await setUp({ ends: ['term'] });
    await using _one = await all.subject.run(config);
    const first = await started(all.host);
    await using _two = await all.subject.run(config);
    const second = await started(all.host, 1);
    expect(second.cwd).not.toBe(first.cwd);
  });

  it('stops gracefully with SIGQUIT', async () => {
    await using all = await setUp({ ends: ['quit'] });
    const running = await all.subject.run(config);
    await started(all.host);
    expect(await running.stop('graceful')).toEqual({ code: 0, signal: null });
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(await running.stop('forced')).toEqual({ code: 0, signal: null });
  });

  it.each(['graceful', 'forced'] as const)('says so, and kills, when a %s stop takes too long', async (how) => {
    await using all = await setUp({}, '17.11.4', { gracefulMs: 50, forcedMs: 50 });
    const running = await all.subject.run(config);
    await started(all.host);
    await expect(running.stop(how)).rejects.toThrow(/was told to stop with SIG(QUIT|TERM) and was still there after/);
    expect(await running.ended).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('is gone after disposal: at the first signal, at the second, or by force', async () => {
    for (const ends of [['term'], ['second'], []] as const) {
      await using all = await setUp({ ends }, '17.11.4', { disposeMs: 50 });
      const running = await all.subject.run(config);
      await started(all.host);
      await running[Symbol.asyncDispose]();
      expect(await running.ended).toEqual(
        ends.length > 0 ? { code: 1, signal: null } : { code: null, signal: 'SIGKILL' },
      );
      await running[Symbol.asyncDispose]();
    }
  });
});

describe('commands', () => {
  it.each([
    ['register', 'registration-token', ['--registration-token', 'registration-token']],
    ['register', 'glrt-new', ['--token', 'glrt-new']],
  ])('%s with %s', async (_, token, expected) => {
    await using all = await setUp();
    expect(await all.subject.register(config, token)).toEqual({ code: 0, signal: null });
    const { args, files } = await started(all.host);
    expect(args).toEqual(expect.arrayContaining(['register', '--non-interactive', '--executor', 'shell', ...expected]));
    expect(files[args[args.indexOf('--config') + 1] ?? '']).toBeUndefined();
    expect(files[args[args.indexOf('--tls-ca-file') + 1] ?? '']).toBe('a certificate');
    expect(args[args.indexOf('--tls-cert-file') + 1]).toBe('/runner.crt');
    expect(args[args.indexOf('--tls-key-file') + 1]).toBe('/runner.key');
  });

  it('registers a new kind of token the old way before 15.10', async () => {
    await using all = await setUp({}, '15.9.1');
    await all.subject.register(config, 'glrt-new');
    expect((await started(all.host)).args).toEqual(expect.arrayContaining(['--registration-token', 'glrt-new']));
  });

  it.each(['verify', 'unregister'] as const)('%s finds the runner in its configuration by name', async (command) => {
    await using all = await setUp({ code: 3 });
    expect(await all.subject[command](config)).toEqual({ code: 3, signal: null });
    const seen = await started(all.host);
    expect(seen.args[2]).toBe(command);
    expect(runnersIn(seen)).toMatchObject([{ name: seen.args.at(-1), token: 'runner-token' }]);
  });

  it('kills a command that does not end, and says so', async () => {
    await using all = await setUp({ stuck: true }, '17.11.4', { commandMs: 300 });
    await expect(all.subject.verify(config)).rejects.toThrow('gitlab-runner verify did not end within 0.3 s');
    await Promise.all(all.host.processes.map((each) => each.exited));
  });

  it.each([
    ['15.8.0', '--pre-clone-script'],
    ['15.9.0', '--pre-get-sources-script'],
  ])('run-single of %s gets everything on its command line, with %s', async (version, flag) => {
    await using all = await setUp({ ends: ['term'] }, version);
    await using _running = await all.subject.runSingle(config);
    const { args } = await started(all.host);
    expect(args[2]).toBe('run-single');
    expect(args).not.toContain('--config');
    expect(args[args.indexOf(flag) + 1]).toBe('echo hook');
    expect(args.filter((_, i) => args[i - 1] === '--env')).toEqual(['A=1', 'B=2 3']);
    expect(args[args.indexOf('--token') + 1]).toBe('runner-token');
  });
});
