import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import {
  certificateFiles,
  environmentInside,
  usesLoopbackProxy,
} from '../../../harness/cli/in-docker/carried/environment.ts';
import { npmSettings } from '../../../harness/cli/in-docker/carried/npm-settings.ts';
import { packageFiles } from '../../../harness/cli/in-docker/carried/package-files.ts';
import { companionsOf, helperFile, subjectProgram } from '../../../harness/cli/in-docker/carried/subject-program.ts';
import { type Carried, tarOf } from '../../../harness/cli/in-docker/carried/tar-of.ts';
import { runnerThat } from '../_runners.ts';
import { put, ROOT, scratch } from '../_tool.ts';

/** What a container would have of some files: name to mode and size. */
async function unpacked(files: readonly Carried[]): Promise<Record<string, string>> {
  const { stream } = await tarOf(files);
  const found: Record<string, string> = {};
  for await (const entry of stream.pipe(extract())) {
    let size = 0;
    for await (const chunk of entry) size += (chunk as Buffer).length;
    const { name, mode = 0, uid } = entry.header;
    found[name] = `${mode.toString(8)} ${size} of ${uid}`;
  }
  return found;
}

test('files go where they shall, with their modes, links as what they lead to, and packages of this machine not at all', async () => {
  await using place = await scratch();
  const { dir } = place;
  await put(join(dir, 'team', 'deep', 'one.ts'), '1');
  await put(join(dir, 'team', 'node_modules', 'x', 'index.js'), '2');
  await put(join(dir, 'team', '.git', 'HEAD'), '3');
  await put(join(dir, 'runner'), 'x'.repeat(3 * 2 ** 20), 0o755);
  await symlink(join(dir, 'runner'), join(dir, 'link'));
  const files = [
    { source: join(dir, 'team'), target: '/home/me/team' },
    { source: join(dir, 'link'), target: '/usr/bin/gitlab-runner' },
  ];
  expect(await unpacked(files)).toEqual({
    'home/me/team/deep/one.ts': '644 1 of 0',
    'usr/bin/gitlab-runner': '755 3145728 of 0',
  });
  await expect(tarOf([{ source: join(dir, 'nothing'), target: '/x' }])).rejects.toThrow(
    /nothing cannot be copied into a container: ENOENT.*Check the path/,
  );
});

test('of a checkout and of an installed package goes in what runs, and nothing that is installed or built here', async () => {
  const ours = packageFiles(ROOT).map(({ target }) => target);
  expect(ours).toContain('/opt/proxyproof/proxyproof');
  expect(ours).toContain('/opt/proxyproof/scenarios');
  expect(ours.filter((each) => /node_modules|dist|runs|test/.test(each))).toEqual([]);
  await using place = await scratch();
  for (const name of ['proxyproof', 'package.json', 'dist/main.js', 'README.md']) await put(join(place.dir, name), 'x');
  expect(packageFiles(place.dir).map(({ target }) => target)).toEqual([
    ...['/opt/proxyproof/proxyproof', '/opt/proxyproof/package.json', '/opt/proxyproof/dist'],
  ]);
});

test('the environment inside has what downloads and output need, and nothing of this machine', async () => {
  await using place = await scratch();
  const ca = await put(join(place.dir, 'ca.pem'), 'PEM');
  const env = {
    HTTPS_PROXY: 'http://proxy.example:3128',
    no_proxy: 'localhost',
    LC_ALL: 'C.UTF-8',
    PROXYPROOF_NO_INSTALL: '1',
    PROXYPROOF_RUN: '1-2-3-abcdef',
    NODE_EXTRA_CA_CERTS: ca,
    SSL_CERT_FILE: '/nowhere.pem',
    PATH: '/opt/bin',
    HOME: '/home/me',
    DOCKER_HOST: 'tcp://docker',
    npm_config_prefix: '/opt',
  };
  expect(environmentInside(env, './proxyproof run --in-docker')).toEqual({
    HTTPS_PROXY: 'http://proxy.example:3128',
    no_proxy: 'localhost',
    LC_ALL: 'C.UTF-8',
    PROXYPROOF_NO_INSTALL: '1',
    NODE_EXTRA_CA_CERTS: '/etc/proxyproof/NODE_EXTRA_CA_CERTS.pem',
    HOME: '/root',
    XDG_CACHE_HOME: '/var/cache',
    PROXYPROOF_COMMAND: './proxyproof run --in-docker',
  });
  expect(certificateFiles(env)).toMatchObject([{ source: ca, target: '/etc/proxyproof/NODE_EXTRA_CA_CERTS.pem' }]);
});

test.each([
  [{ HTTPS_PROXY: 'http://127.0.0.1:3128' }, true],
  [{ http_proxy: 'localhost:3128' }, true],
  [{ http_proxy: 'http://me:secret@localhost:3128/' }, true],
  [{ ALL_PROXY: 'socks5://[::1]:1080' }, true],
  [{ npm_config_https_proxy: 'http://127.0.0.1:3128' }, true],
  [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'localhost,127.0.0.1' }, false],
  [{ HTTPS_PROXY: 'http://localhost.example:3128' }, false],
  [{}, false],
])('whether the way out of %j leads over the loopback: %s', (env, expected) => {
  expect(usesLoopbackProxy(env)).toBe(expected);
});

test('npm inside uses the registry, the certificates and the tokens of npm here', async () => {
  await using place = await scratch();
  const { dir } = place;
  const cafile = await put(join(dir, 'ca.pem'), 'PEM');
  const npmrc = `registry=http://npm.example/\ncafile=${cafile}\nstrict-ssl=false\n//npm.example/:_authToken=t0ken\n`;
  const userconfig = await put(join(dir, '.npmrc'), npmrc);
  const { env, files } = await npmSettings({ PATH: process.env['PATH'], HOME: dir }, dir);
  expect(env).toEqual({
    npm_config_registry: 'http://npm.example/',
    npm_config_strict_ssl: 'false',
    npm_config_cafile: '/etc/proxyproof/npm-ca.pem',
  });
  expect(files).toEqual([
    { source: userconfig, target: '/root/.npmrc' },
    { source: cafile, target: '/etc/proxyproof/npm-ca.pem' },
  ]);
  await mkdir(join(dir, 'empty'));
  expect(await npmSettings({ PATH: join(dir, 'empty') }, dir)).toEqual({ env: {}, files: [] });
});

test('the subject is a program of this machine that Linux can run, or none of its programs', async () => {
  await using place = await scratch();
  const { dir } = place;
  for (const name of ['reference', 'reference:ignores-reset-time', '17.11.4', 'v17.11.4', '17.11'])
    expect(await subjectProgram(name, {}), name).toBeUndefined();
  const runner = await runnerThat(dir, 'exit 1');
  expect(await subjectProgram(runner, {})).toBe(runner);
  expect(await subjectProgram('gitlab-runner', { PATH: dir })).toBe(runner);
  expect(await subjectProgram(process.execPath, {})).toBe(process.execPath);
  await put(join(dir, 'mac', 'gitlab-runner'), '\xcf\xfa\xed\xfe rest', 0o755);
  await expect(subjectProgram('gitlab-runner', { PATH: join(dir, 'mac') })).rejects.toThrow(
    /mac\/gitlab-runner is no program for Linux.*a full version such as 17\.11\.4, which is downloaded inside/,
  );
  await expect(subjectProgram('gitlab-runner', { PATH: '' })).rejects.toThrow(/no program called gitlab-runner/);
});

test('what a build of gitlab-runner has put into directories goes along: the runner, and the helper beside it', async () => {
  await using place = await scratch();
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const binaries = join(place.dir, 'out', 'binaries');
  const elf = '\x7fELF';
  const runner = await put(join(binaries, `gitlab-runner-linux-${arch}`), elf, 0o755);
  await put(join(binaries, `gitlab-runner-darwin-${arch}`), '\xcf\xfa\xed\xfe', 0o755);
  expect(await subjectProgram(binaries, {})).toBe(runner);
  expect(await companionsOf(runner)).toEqual([]);
  const image = process.arch === 'x64' ? 'x86_64' : process.arch;
  const archive = await put(join(place.dir, 'out', 'helper-images', `prebuilt-alpine-${image}.tar.xz`), 'x');
  expect(await companionsOf(runner)).toEqual([archive]);
  expect(await helperFile(join(place.dir, 'out', 'helper-images'))).toBe(archive);
  const helper = join(binaries, 'gitlab-runner-helper', `gitlab-runner-helper.linux-${arch}`);
  await put(helper, elf, 0o755);
  expect(await companionsOf(runner)).toEqual([helper]);
  expect(await helperFile(binaries)).toBe(helper);
  for (const named of [archive, join(place.dir, 'nowhere'), place.dir]) expect(await helperFile(named)).toBe(named);
});
