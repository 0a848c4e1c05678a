import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { execa } from 'execa';
import { pack } from 'tar-stream';
import { put } from './_tool.ts';

/** What a container of the small Debian is doing, as nobody else would. */
export const SLEEP = ['sleep', '86321'];

/**
 * Makes programs that take the place of what images are made with, so that it takes no time: an mmdebstrap that mounts,
 * and then either waits or gives a Debian with a shell, and an apt-get in it that waits.
 * @returns the environment in which they are found
 */
export async function smallDebian(dir: string, how: 'waits' | 'gives'): Promise<Record<string, string>> {
  const root = join(dir, 'small');
  for (const program of ['sh', 'sleep']) await copyProgram(root, `/bin/${program}`);
  await put(join(root, 'usr/bin/apt-get'), `#!/bin/sh\nexec ${SLEEP.join(' ')}\n`, 0o755);
  const tar = join(dir, 'small.tar');
  await execa('tar', ['-C', root, '-cf', tar, '.']);
  const then = how === 'waits' ? `exec ${SLEEP.join(' ')}` : `umount "$place"; cat ${tar} >"$target"`;
  await put(
    join(dir, 'bin', 'mmdebstrap'),
    `#!/bin/sh
set -e
for each; do case $each in *.tar) target=$each ;; esac; done
place=$TMPDIR/mmdebstrap.place
mkdir "$place"
mount -t tmpfs none "$place"
setsid ${SLEEP.join(' ')} &
touch "$TMPDIR/mounted"
${then}
`,
    0o755,
  );
  return {
    XDG_CACHE_HOME: join(dir, 'cache'),
    PATH: `${join(dir, 'bin')}:${process.env['PATH']}`,
    // No registry is to be reached.
    ...Object.fromEntries(
      ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'].map((name) => [name, 'http://127.0.0.1:9']),
    ),
  };
}

/** With the libraries that it is linked with. */
async function copyProgram(root: string, file: string): Promise<void> {
  const { stdout } = await execa('ldd', [file]);
  for (const each of [file, ...[...stdout.matchAll(/(\/\S+) \(/g)].map(([, library = '']) => library)]) {
    const target = join(root, each);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(each, target);
    await chmod(target, 0o755);
  }
}

/**
 * Makes a file as `docker save` does, of one image with one layer.
 * @param tags all of its names
 * @param content of the one file in it
 */
export async function savedImage(file: string, tags: readonly string[], content: Buffer): Promise<string> {
  const layer = await tarOf({ file: content });
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: {},
    rootfs: { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(layer).digest('hex')}`] },
  });
  const manifest = JSON.stringify([{ Config: 'config.json', RepoTags: tags, Layers: ['layer.tar'] }]);
  const archive = await tarOf({ 'config.json': config, 'layer.tar': layer, 'manifest.json': manifest });
  const { writeFile } = await import('node:fs/promises');
  await writeFile(file, archive);
  return basename(file);
}

function tarOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return buffer(tar);
}
