import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unmetNeed } from '../../harness/conformance/needs.ts';
import { clearGenerations, engineOf, GENERATIONS } from '../../harness/generations/index.ts';
import { SEARCH_PATH } from '../../harness/process/index.ts';

async function cache() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-generations-'));
  return { cacheDir: dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

it("takes the machine's own programs where none are asked for", async () => {
  expect(await engineOf('host', { cacheDir: '/nowhere' })).toMatchObject({ source: 'host', path: SEARCH_PATH });
});

it('takes programs that were unpacked before, and the machine for what they lack', async () => {
  await using place = await cache();
  const root = join(place.cacheDir, 'generations', 'sid');
  await mkdir(join(root, 'usr/sbin'), { recursive: true });
  await writeFile(join(root, 'packages.json'), '{}');
  const says = '#!/bin/sh\necho "Docker version 28.5.2+dfsg4, build x"\n';
  await writeFile(join(root, 'usr/sbin/dockerd'), says, { mode: 0o755 });
  const { source, path, version } = await engineOf('sid', place);
  expect([source, version]).toEqual(['sid', '28.5.2+dfsg4']);
  expect(path).toBe(`${root}/usr/sbin:${root}/usr/bin:${SEARCH_PATH}`);
});

it('names the generation that cannot be had, why, and what to do', async () => {
  await using place = await cache();
  await writeFile(join(place.cacheDir, 'generations'), 'no directory');
  await expect(engineOf('sid', place)).rejects.toThrow(
    /^Docker of sid cannot be had here: .*EEXIST.*\. Run with --generation host, /,
  );
});

it('skips what needs an engine of a generation that cannot be had', () => {
  const scenario = { abilities: () => [], needs: () => ['docker'] };
  const driver = { cannot: () => undefined, clock: 'real' };
  const run = { isolation: 'namespace', engineFailure: 'Docker of sid cannot be had here.' };
  type Asked = Parameters<typeof unmetNeed>;
  expect(unmetNeed({ scenario } as never as Asked[0], driver as never as Asked[1], run as Asked[2])).toEqual({
    lacks: 'machine',
    reason: 'Docker of sid cannot be had here.',
  });
});

it.each([
  [
    '20.10.24+dfsg1',
    'This needs Docker 23 or later, and the engine of this run is 20.10.24+dfsg1: run with --generation sid.',
  ],
  ['28.5.2', undefined],
  ['23.0.1', undefined],
])('knows whether Docker %s is of 23 or later', (engineVersion, reason) => {
  const scenario = { abilities: () => [], needs: () => ['docker-23'] };
  const driver = { cannot: () => undefined, clock: 'real' };
  type Asked = Parameters<typeof unmetNeed>;
  const run = { isolation: 'namespace', engineVersion } as Asked[2];
  expect(unmetNeed({ scenario } as never as Asked[0], driver as never as Asked[1], run)?.reason).toBe(reason);
});

it('knows of every generation which suite it is', () => {
  for (const [name, { suite }] of Object.entries(GENERATIONS)) expect(suite).toBe(name);
});

it('removes what a killed process left half unpacked, and says what it would', async () => {
  await using place = await cache();
  const dir = join(place.cacheDir, 'generations');
  await mkdir(join(dir, 'sid.part'), { recursive: true });
  await mkdir(join(dir, 'trixie'));
  const found = [`what was half unpacked in ${dir}/sid.part`];
  expect(await clearGenerations(place.cacheDir, true)).toEqual(found);
  expect(await clearGenerations(place.cacheDir)).toEqual(found);
  expect(await readdir(dir)).toEqual(['trixie']);
});
