import { copyFile, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { chooseHelper } from '../../harness/runner/gitlab-runner/helper.ts';
import { put, scratch } from '../cli/_tool.ts';
import { ociImage, rootFileSystem, savedImage } from './_helper-images.ts';

/** What `--version` of a runner and of its helper print. */
const answers = (version: string, revision: string): string =>
  `#!/bin/sh\nprintf 'Version:      ${version}\\nGit revision: ${revision}\\nGit branch:   main\\n'\n`;

const RUNNER = answers('17.11.4', 'abcdef12');

async function pipelineOf() {
  const place = await scratch();
  const file = (...names: string[]) => join(place.dir, ...names);
  const runner = await put(file('out', 'binaries', 'gitlab-runner-linux-amd64'), RUNNER, 0o755);
  const choose = (named?: string) =>
    chooseHelper(runner, { named, cacheDir: file('cache'), env: { PATH: process.env['PATH'] } });
  return { file, runner, choose, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() };
}

const ARCH = process.arch === 'x64' ? 'amd64' : process.arch;
const IMAGE_ARCH = process.arch === 'x64' ? 'x86_64' : process.arch;

test('the helper is the one that is named, else the one of the build beside the runner, else the runner', async () => {
  await using at = await pipelineOf();
  expect(await at.choose()).toEqual({ path: at.runner, chosen: 'since the runner is its own helper' });
  const image = at.file('out', 'helper-images', `prebuilt-alpine-${IMAGE_ARCH}.tar.xz`);
  await rootFileSystem(image, RUNNER, 'xz');
  expect(await at.choose()).toMatchObject({ from: image, chosen: 'because it lies beside the runner' });
  const built = await put(
    at.file('out', 'binaries', 'gitlab-runner-helper', `gitlab-runner-helper.linux-${ARCH}`),
    RUNNER,
    0o755,
  );
  expect(await at.choose()).toEqual({ path: built, chosen: 'because it lies beside the runner' });
  const named = await put(at.file('other'), RUNNER, 0o755);
  expect(await at.choose(named)).toEqual({ path: named, chosen: 'by --helper' });
});

test('directories of a build are looked into; other processors, PowerShell and FIPS are left', async () => {
  await using at = await pipelineOf();
  const images = at.file('out', 'helper-images');
  for (const name of ['prebuilt-alpine-mips.tar.xz', `ubi-fips-${IMAGE_ARCH}.tar`, `alpine3.21-${IMAGE_ARCH}-pwsh.tar`])
    await put(join(images, name), 'x');
  await expect(at.choose(images)).rejects.toThrow(/helper-images has no helper for Linux on .*out\/helper-images\./);
  await ociImage(join(images, `ubuntu-${IMAGE_ARCH}.tar`), [[], [RUNNER]]);
  expect(await at.choose(images)).toMatchObject({
    from: join(images, `ubuntu-${IMAGE_ARCH}.tar`),
    chosen: 'by --helper',
  });
  await rootFileSystem(join(images, `prebuilt-ubuntu-${IMAGE_ARCH}.tar.xz`), RUNNER, 'xz');
  expect((await at.choose(images)).from).toBe(join(images, `prebuilt-ubuntu-${IMAGE_ARCH}.tar.xz`));
});

test.each(['none', 'gzip', 'xz', 'zstd'] as const)('a root file system, compression: %s', async (compression) => {
  await using at = await pipelineOf();
  const archive = at.file('file.system');
  await rootFileSystem(archive, RUNNER, compression);
  const { path, from, remark } = await at.choose(archive);
  expect({ from, remark }).toEqual({ from: archive, remark: undefined });
  expect((await execa(path)).stdout).toContain('17.11.4');
  // Kept: the archive is unpacked once.
  expect((await at.choose(archive)).path).toBe(path);
});

test.each([
  ['an image of the OCI', ociImage],
  ['a docker-archive', savedImage],
])('of %s, the program of the highest layer', async (_, write) => {
  await using at = await pipelineOf();
  const archive = at.file('image.tar');
  await write(archive, [[answers('1.0.0', '1111111')], [], [RUNNER]]);
  const { path, remark } = await at.choose(archive);
  expect((await execa(path)).stdout).toContain('17.11.4');
  expect(remark).toBeUndefined();
});

test('of an index of several processors, the one of this machine', async () => {
  await using at = await pipelineOf();
  const archive = at.file('image.tar');
  await ociImage(archive, [[answers('1.0.0', '1111111')]], { architecture: 'other', also: [[RUNNER]] });
  expect((await execa((await at.choose(archive)).path)).stdout).toContain('17.11.4');
});

test('a helper of another build is remarked on, in a sentence', async () => {
  await using at = await pipelineOf();
  const other = await put(at.file('other'), answers('18.0.0', '99999999'), 0o755);
  expect((await at.choose(other)).remark).toEqual({
    brief: 'of another build than the runner: 18.0.0 (revision 99999999)',
    sentence: `The helper ${other} is of another build than the runner: it is 18.0.0 (revision 99999999), and the runner is 17.11.4 (revision abcdef12). What cases with containers say holds for this pair alone; give --helper the one that was built with the runner.`,
  });
  const later = await put(at.file('later'), answers('17.11.4', 'abcdef99'), 0o755);
  expect((await at.choose(later)).remark?.brief).toContain('another build');
  const whole = await put(at.file('whole'), answers('17.11.4', 'abcdef1234567890'), 0o755);
  expect((await at.choose(whole)).remark).toBeUndefined();
  const silent = await put(at.file('silent'), '#!/bin/sh\n', 0o755);
  expect((await at.choose(silent)).remark?.sentence).toContain('does not say its version');
});

test('what is no helper is refused', async () => {
  await using at = await pipelineOf();
  await mkdir(at.file('gitlab-runner-helper'));
  const plain = await put(at.file('plain'), RUNNER);
  for (const named of [plain, at.file('nowhere')])
    await expect(at.choose(named)).rejects.toThrow(`${named} is no executable file and no archive: give --helper`);

  const empty = at.file('empty.tar');
  await savedImage(empty, [[]]);
  await expect(at.choose(empty)).rejects.toThrow(`${empty} has no usr/bin/gitlab-runner-helper: give --helper`);

  const whole = at.file('whole.tar.xz');
  await rootFileSystem(whole, `${RUNNER}${'#'.repeat(200_000)}`, 'xz');
  const cut = at.file('cut.tar.xz');
  await copyFile(whole, cut);
  await truncate(cut, 300);
  await expect(at.choose(cut)).rejects.toThrow(`No helper can be taken out of ${cut}: `);

  // The first bytes of a program for SPARC.
  const foreign = await put(at.file('foreign'), `\x7fELF${'\0'.repeat(14)}\x02\0${'\0'.repeat(40)}`, 0o755);
  await expect(at.choose(foreign)).rejects.toThrow(/foreign is for another processor than this machine's/);
});
