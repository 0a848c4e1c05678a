import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readInputs } from '../../harness/containers/images/input.ts';
import { IMAGE_NAMES } from '../../harness/containers/spec.ts';

/** Build contexts of all images: each on base, but host on dind. */
async function contexts() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-images-'));
  for (const name of IMAGE_NAMES) {
    const on = name === 'base' ? 'DEBIAN' : name === 'host' ? 'DIND' : 'BASE';
    await mkdir(join(dir, name));
    await writeFile(join(dir, name, 'Dockerfile'), `ARG ${on}\nFROM \${${on}}\n`);
  }
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

const hashes = async (dir: string) => new Map((await readInputs(dir)).map(({ name, hash }) => [name, hash]));

it('gives the images in an order in which they can be built', async () => {
  await using place = await contexts();
  const inputs = await readInputs(place.dir);
  const names = inputs.map(({ name }) => name);
  expect([...names].sort()).toEqual([...IMAGE_NAMES].sort());
  expect(names[0]).toBe('base');
  expect(names.indexOf('dind')).toBeLessThan(names.indexOf('host'));
  expect(inputs.find(({ name }) => name === 'host')?.uses).toEqual(['dind']);
});

it('makes what changed, and what is built on it, another image', async () => {
  await using place = await contexts();
  const before = await hashes(place.dir);
  await writeFile(join(place.dir, 'dind', 'entrypoint'), '#!/bin/sh\n');
  const after = await hashes(place.dir);
  const changed = IMAGE_NAMES.filter((name) => before.get(name) !== after.get(name));
  expect(changed).toEqual(['dind', 'host']);
  await chmod(join(place.dir, 'dind', 'entrypoint'), 0o755);
  expect((await hashes(place.dir)).get('dind')).not.toBe(after.get('dind'));
});

it('gives the same image the same hash', async () => {
  await using one = await contexts();
  await using other = await contexts();
  expect(await hashes(one.dir)).toEqual(await hashes(other.dir));
});

it('says which images use each other', async () => {
  await using place = await contexts();
  await writeFile(join(place.dir, 'dind', 'Dockerfile'), `ARG HOST\nFROM \${HOST}\n`);
  await expect(readInputs(place.dir)).rejects.toThrow('The images dind, host use each other');
});

it('says where a Dockerfile is missing', async () => {
  await using place = await contexts();
  await rm(join(place.dir, 'squid', 'Dockerfile'));
  await expect(readInputs(place.dir)).rejects.toThrow(
    `The image squid has no Dockerfile in ${join(place.dir, 'squid')}`,
  );
});

it('makes images of another suite beside those of the machine, and only those that are made of one', async () => {
  await using place = await contexts();
  const [own, foreign, other] = await Promise.all(
    [undefined, 'sid', 'trixie'].map((suite) => readInputs(place.dir, suite)),
  );
  const names = foreign?.map(({ name }) => name) ?? [];
  expect(IMAGE_NAMES.filter((name) => !names.includes(name))).toEqual(['clients', 'host']);
  const references = [own, foreign, other].flatMap((each) => each?.map(({ reference }) => reference) ?? []);
  expect(new Set(references).size).toBe(references.length);
  const job = foreign?.find(({ name }) => name === 'job');
  expect(job).toMatchObject({ suite: 'sid', on: [foreign?.find(({ name }) => name === 'base')?.reference] });
  expect(own?.every(({ suite }) => suite === undefined)).toBe(true);
});
