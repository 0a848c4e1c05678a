import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { expect, it } from 'vitest';
import { blobDirectory, holdImage, tagsIn } from '../../../harness/containers/registry/content/layout.ts';
import { splitImage } from '../../../harness/containers/registry/content/split-image.ts';

const digestOf = (content: Buffer): string => `sha256:${createHash('sha256').update(content).digest('hex')}`;

const [small, large] = [randomBytes(1000), randomBytes(2_000_000)];
const config = Buffer.from('{"architecture":"amd64"}');

/** As `docker save` of 20.10 has it: a layer that occurs twice is a link. */
function archive(): Readable {
  const tar = pack();
  tar.entry({ name: 'aaa/', type: 'directory' });
  tar.entry({ name: 'aaa/layer.tar' }, large);
  tar.entry({ name: 'bbb/layer.tar' }, small);
  tar.entry({ name: 'ccc/layer.tar', type: 'symlink', linkname: '../aaa/layer.tar' });
  tar.entry({ name: 'config.json' }, config);
  const Layers = ['aaa/layer.tar', 'bbb/layer.tar', 'ccc/layer.tar'];
  tar.entry({ name: 'manifest.json' }, JSON.stringify([{ Config: 'config.json', RepoTags: ['x:1'], Layers }]));
  tar.finalize();
  return Readable.from(tar as AsyncIterable<Buffer>);
}

it('an image becomes blobs, and a storage that leads to them', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-content-test-'));
  try {
    const [blobs, storage] = [join(dir, 'blobs'), join(dir, 'storage')];
    await mkdir(blobs);
    const image = await splitImage(archive(), blobs);
    expect(image.blobs).toEqual([config, large, small, large].map(digestOf));
    const read = (root: string, digest: string) => readFile(join(root, blobDirectory(digest), 'data'));
    expect((await read(blobs, digestOf(large))).equals(large)).toBe(true);
    const manifest = await read(blobs, image.manifest);
    expect(digestOf(manifest)).toBe(image.manifest);
    expect(JSON.parse(manifest.toString())).toMatchObject({
      schemaVersion: 2,
      config: { digest: digestOf(config), size: config.length },
      layers: [{ size: large.length }, { size: small.length }, { size: large.length }],
    });
    expect((await readdir(blobs)).filter((name) => name.endsWith('.part'))).toEqual([]);

    await holdImage(storage, { repository: 'group/one' }, image, blobs);
    await holdImage(storage, { repository: 'two', tag: '1.0' }, image, blobs);
    const held = join(storage, 'docker', 'registry', 'v2', 'blobs');
    expect((await read(held, digestOf(small))).equals(small)).toBe(true);
    expect((await stat(join(held, blobDirectory(image.manifest), 'data'))).size).toBe(manifest.length);
    expect(await tagsIn(storage, 'group/one')).toEqual(['latest']);
    expect(await tagsIn(storage, 'two')).toEqual(['1.0']);
    expect(await tagsIn(storage, 'group/none')).toEqual([]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

it('what is no image is refused', async () => {
  const tar = pack();
  tar.entry({ name: 'readme' }, 'nothing');
  tar.finalize();
  const nothing = Readable.from(tar as AsyncIterable<Buffer>);
  await expect(splitImage(nothing, tmpdir())).rejects.toThrow('not the archive of one image');
});
