import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { configToml } from '../../../../harness/recipes/index.ts';
import { referenceDriver } from '../../../../harness/runner/reference/index.ts';
import { startWorld } from '../../../../harness/world/index.ts';

const PROGRAM = '/usr/local/bin/gitlab-runner';

it('names the profile and the mutant, and mounts what is there', () => {
  const { volumes = [], programs = {} } =
    referenceDriver({ profile: '18.3', mutant: 'never-uses-proxy' }).installation?.() ?? {};
  expect(programs[PROGRAM]).toContain("'--profile' '18.3' '--mutant' 'never-uses-proxy' \"$@\"");
  expect(volumes.length).toBeGreaterThan(2);
  for (const volume of volumes) {
    const [source = '', target, mode] = volume.split(':');
    expect([target, mode]).toEqual([source, 'ro']);
    expect(existsSync(source), source).toBe(true);
  }
});

it('asks for jobs by the proxy of its own environment, and ends at SIGTERM', async () => {
  await using world = await startWorld({ gitlab: {}, proxy: { kind: 'basic' } });
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
  const config = join(dir, 'config.toml');
  const runner = { name: 'host', url: world.gitlabUrl, token: world.gitlab.tokens.runner };
  const shell = { buildsDir: join(dir, 'builds'), cacheDir: join(dir, 'cache') };
  await writeFile(config, configToml({ concurrent: 1, checkInterval: 1, runner: { ...runner, shell } }));
  const { programs = {} } = referenceDriver().installation?.() ?? {};
  const child = spawn('/bin/sh', ['-c', programs[PROGRAM] ?? '', 'sh', 'run', '--config', config], {
    cwd: dir,
    env: { HTTP_PROXY: world.proxy.url },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  try {
    await world.until('a job request', (seen) => seen.gitlab('job').length > 1, 60_000);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toBe(0);
  expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toContain('Configuration loaded');
  expect(world.evidence.gitlab('job').every(({ via }) => via === 'proxy')).toBe(true);
  await rm(dir, { recursive: true });
});
