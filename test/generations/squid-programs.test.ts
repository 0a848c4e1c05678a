import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { unmetNeed } from '../../harness/conformance/needs.ts';
import { isLibrary } from '../../harness/generations/fetch-packages.ts';
import { squidOf } from '../../harness/generations/index.ts';
import { accountsDirectory } from '../../harness/generations/place.ts';
import { makeWrappers } from '../../harness/generations/wrappers.ts';
import { squidConfiguration } from '../../harness/proxy/squid/configuration.ts';
import { squidPrograms } from '../../harness/proxy/squid/programs.ts';

/** A directory that every account may look into, as `mkdtemp` makes none. */
async function place(files: Readonly<Record<string, string>> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-squid-'));
  await chmod(dir, 0o755);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text, { mode: 0o755 });
  }
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

const ROOT = 'generations/sid-squid';

const unpacked = () =>
  place({
    [`${ROOT}/packages.json`]: '{}',
    [`${ROOT}/start/squid`]: '#!/bin/sh\necho "Squid Cache: Version 7.7"\n',
  });

it("takes the machine's own squid where none is asked for", async () => {
  expect(await squidOf('host', { cacheDir: '/nowhere' })).toBeUndefined();
});

it('takes a squid that was unpacked before, with its helpers and its files', async () => {
  await using cache = await unpacked();
  const root = join(cache.dir, ROOT);
  const squid = await squidOf('sid', { cacheDir: cache.dir });
  const plain = await squidPrograms('basic', false, squid);
  expect(plain).toMatchObject({
    squid: `${root}/start/squid`,
    product: 'squid 7.7',
    helper: `${root}/start/basic_ncsa_auth`,
    certificates: undefined,
  });
  const opening = await squidPrograms('none', true, squid);
  expect([opening.squid, opening.helper, opening.certificates]).toEqual([
    `${root}/start/squid-openssl`,
    undefined,
    `${root}/start/security_file_certgen`,
  ]);
  const text = squidConfiguration({ scheme: 'basic', programs: plain, port: 1, logPort: 2, origins: [] });
  expect(text).toContain(`\nmime_table ${root}/usr/share/squid/mime.conf\n`);
  expect(text).toContain(`\nauth_param basic program ${root}/start/basic_ncsa_auth passwords\n`);
});

it('names the generation that cannot be had, why, and what to do', async () => {
  await using cache = await place({ generations: 'no directory' });
  await expect(squidOf('sid', { cacheDir: cache.dir })).rejects.toThrow(
    /^squid of sid cannot be had here: .*EEXIST.*\. Run with --generation host, /,
  );
});

it("keeps it where squid's account can look", async () => {
  await using open = await place();
  const inCache = join(open.dir, 'generations');
  expect(await accountsDirectory(open.dir, 0)).toBe(inCache);
  await chmod(open.dir, 0o700);
  expect(await accountsDirectory(open.dir, 0)).toBe('/usr/local/lib/proxyproof/generations');
  expect(await accountsDirectory(open.dir, 1000)).toBe(inCache);
});

it("starts a program by the root's own loader, under the program's name, wherever the root is", async () => {
  const says = '#!/bin/sh\necho "$0" "$@"\n';
  await using made = await place({
    'part/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2': says,
    'part/lib/x86_64-linux-gnu/libz.so.1': '',
    'part/usr/sbin/squid-gnutls': '',
    'part/usr/lib/squid/basic_ncsa_auth': '',
  });
  await makeWrappers(join(made.dir, 'part'), { squid: ['usr/sbin/squid-gnutls', 'usr/sbin/squid'] }, 'usr/lib/squid');
  const root = join(made.dir, 'root');
  await rename(join(made.dir, 'part'), root);
  const libraries = `${root}/start/../lib/x86_64-linux-gnu:${root}/start/../usr/lib/x86_64-linux-gnu`;
  const started = (name: string, path: string): void => {
    const said = execFileSync(join(root, 'start', name), ['-f', 'a b'], { encoding: 'utf8' });
    expect(said).toBe(
      `${root}/start/../start/loader/${name} --library-path ${libraries} ${root}/start/../${path} -f a b\n`,
    );
  };
  started('squid', 'usr/sbin/squid-gnutls');
  started('basic_ncsa_auth', 'usr/lib/squid/basic_ncsa_auth');
});

it('says what the packages do not bring', async () => {
  await using made = await place({
    'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2': '',
    'usr/lib/squid/basic_ncsa_auth': '',
  });
  await expect(makeWrappers(made.dir, { squid: ['usr/sbin/squid'] }, 'usr/lib/squid')).rejects.toThrow(
    'its packages bring no squid',
  );
  await using empty = await place();
  await expect(makeWrappers(empty.dir, {}, 'usr/lib/squid')).rejects.toThrow('its libc brings no loader');
});

it.each(['squid', 'squid-openssl'])('skips what needs %s of a generation that cannot be had, and no other', (need) => {
  const scenario = { abilities: () => [], needs: () => [need] };
  const driver = { cannot: () => undefined, clock: 'real' };
  type Asked = Parameters<typeof unmetNeed>;
  const unmet = (run: object) =>
    unmetNeed({ scenario } as never as Asked[0], driver as never as Asked[1], run as Asked[2]);
  const reason = 'squid of sid cannot be had here: …';
  expect(unmet({ squidFailure: reason })).toEqual({ lacks: 'machine', reason });
  expect(unmet({ squidVersion: '7.7' })).toBeUndefined();
});

it.each([
  ['libc6', true],
  ['libssl3t64', true],
  ['libpam0g', true],
  ['libcrypt1', true],
  ['adduser', false],
  ['perl', false],
  ['libperl5.42', false],
  ['libdbi-perl', false],
  ['libsystemd-shared', false],
])('of what squid depends on, %s counts: %s', (name, counts) => {
  expect(isLibrary(name)).toBe(counts);
});
