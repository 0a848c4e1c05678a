import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { reference } from '../../harness/containers/images/reference.ts';
import { ImageStore, importImages } from '../../harness/containers/index.ts';
import { savedImage } from '../cli/_small-debian.ts';
import { noDocker } from './_here.ts';

/** A store in which there is one image of no version of ours. */
async function store() {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-import-'));
  const store = await ImageStore.open(dir);
  return { dir, store, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

const imagesIn = async (root: string): Promise<string[]> =>
  Promise.all(
    ['image/overlay2/imagedb/content/sha256', 'image/overlay2/layerdb/sha256', 'overlay2'].map(async (each) =>
      (await readdir(join(root, each)).catch(() => []))
        .filter((name) => name !== 'l')
        .toSorted()
        .join(' '),
    ),
  );

it.skipIf(noDocker)('an import that is rejected leaves the store as it was', { timeout: 300_000 }, async () => {
  await using place = await store();
  const { dir, store: into } = place;
  const all = into.inputs.map(({ name, hash }) => reference(name, hash));
  const good = await savedImage(join(dir, 'good.tar'), all, Buffer.from('good'));
  await importImages(into, join(dir, good));
  const before = await imagesIn(into.dataRoot);
  const held = await into.held();
  expect(held.size).toBe(all.length);

  // One that holds other images, one that is cut, and one that is no archive at all.
  const other = join(
    dir,
    await savedImage(join(dir, 'other.tar'), ['proxyproof/base:0123456789abcdef'], Buffer.from('other')),
  );
  const empty = await ImageStore.open(join(dir, 'empty'));
  await expect(importImages(empty, other)).rejects.toThrow(
    /^The images cannot be imported from .*other\.tar: it does not hold the images that this version of proxyproof uses: base, .* are missing/,
  );
  expect(await empty.held()).toEqual(new Set());
  expect((await imagesIn(empty.dataRoot)).join('')).toBe('');
  const cut = join(dir, 'cut.tar');
  await writeFile(cut, (await readFile(other)).subarray(0, 3000));
  const text = join(dir, 'text');
  await writeFile(text, 'no archive');
  for (const file of [cut, text, dir, join(dir, 'gone')]) {
    await expect(importImages(into, file)).rejects.toThrow(`The images cannot be imported from ${file}: `);
    expect(await into.held()).toEqual(held);
    expect(await imagesIn(into.dataRoot)).toEqual(before);
    expect(await readdir(into.dir)).toEqual(['data']);
  }
});
