import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cloneDataRoot } from '../../harness/containers/engine/clone.ts';
import { clearStore, ImageStore, removeStore, useStore } from '../../harness/containers/images/index.ts';

async function cache() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-remove-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

/** A store as its daemon leaves it, with some layers. */
async function storeIn(cacheDir: string, layers = 1): Promise<ImageStore> {
  const store = await ImageStore.open(cacheDir);
  const database = join(store.dataRoot, 'image', 'overlay2');
  await mkdir(join(store.dataRoot, 'overlay2', 'l'), { recursive: true });
  await mkdir(join(database, 'layerdb', 'sha256'), { recursive: true });
  await writeFile(join(database, 'repositories.json'), '{"Repositories":{}}');
  for (let number = 0; number < layers; number += 1) {
    await mkdir(join(store.dataRoot, 'overlay2', `id${number}`));
    await symlink(`../id${number}/diff`, join(store.dataRoot, 'overlay2', 'l', `NAME${number}`));
    await mkdir(join(database, 'layerdb', 'sha256', `layer${number}`));
    await writeFile(join(database, 'layerdb', 'sha256', `layer${number}`, 'cache-id'), `id${number}`);
  }
  return store;
}

it('removes no images that a run uses, and says whose', async () => {
  await using place = await cache();
  const store = await storeIn(place.dir);
  const end = await useStore(store);
  await expect(removeStore(place.dir)).rejects.toThrow(`The images are in use by process ${process.pid} `);
  expect(existsSync(store.dataRoot)).toBe(true);
  await end();
  await removeStore(place.dir);
  expect(await readdir(place.dir)).toEqual([]);
});

it('clears away what a killed user has left', async () => {
  await using place = await cache();
  const { dir } = await storeIn(place.dir);
  await mkdir(join(dir, 'users'));
  const file = join(dir, 'users', 'user.killed');
  await writeFile(file, '1 pid:[0] 1');
  expect(await clearStore(place.dir, true)).toEqual([]);
  await writeFile(file, `${process.pid} pid:[${await ownNamespace()}] 1`);
  expect(await clearStore(place.dir)).toEqual([`lock file ${file}`]);
  expect(existsSync(file)).toBe(false);
});

const ownNamespace = async (): Promise<number> =>
  (await import('../../harness/process/index.ts')).thisProcess().pidNamespace;

it('clones a store whole while layers that no image has go away', async () => {
  await using place = await cache();
  const store = await storeIn(place.dir, 60);
  const target = join(place.dir, 'clone');
  await mkdir(target);
  const cloning = cloneDataRoot(store, target);
  const database = join(store.dataRoot, 'image', 'overlay2', 'layerdb', 'sha256');
  for (let number = 59; number > 20; number -= 1) {
    await rm(join(database, `layer${number}`), { recursive: true });
    await rm(join(store.dataRoot, 'overlay2', 'l', `NAME${number}`));
  }
  await cloning;
  const cloned = await readdir(join(target, 'image', 'overlay2', 'layerdb', 'sha256'));
  expect(cloned.length).toBeGreaterThanOrEqual(21);
});
