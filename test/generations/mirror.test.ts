import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { debianMirror } from '../../harness/generations/mirror.ts';

async function etc(files: Readonly<Record<string, string>>) {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-mirror-'));
  await mkdir(join(dir, 'sources.list.d'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

it.each([
  [
    'deb822',
    'sources.list.d/debian.sources',
    'Types: deb\n# a comment\nURIs: http://mirror.test/debian\nSuites: bookworm\n',
  ],
  ['one line', 'sources.list', 'deb http://mirror.test/debian/ bookworm main\n'],
  [
    'options',
    'sources.list',
    'deb [arch=amd64 signed-by=/usr/share/keyrings/x.gpg] http://mirror.test/debian bookworm main\n',
  ],
])('finds the mirror that the machine has its packages from: %s', async (_, name, text) => {
  await using place = await etc({ [name]: text });
  expect(await debianMirror(place.dir)).toBe('http://mirror.test/debian');
});

it('takes neither the security archive nor a commented line', async () => {
  await using place = await etc({
    'sources.list':
      '# deb http://old.test/debian bookworm main\ndeb http://security.test/debian-security bookworm-security main\n',
  });
  expect(await debianMirror(place.dir)).toBeUndefined();
});

it('finds none where there are no sources', async () => {
  expect(await debianMirror('/nowhere')).toBeUndefined();
});
