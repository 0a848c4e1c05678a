import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubjectError } from '../../harness/runner/resolve/error.ts';
import { nearNames } from '../../harness/runner/resolve/near.ts';
import { resolveSubject } from '../../harness/runner/resolve/resolve.ts';
import { standInRunner, versionText } from './gitlab-runner/stand-in-runner.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const resolve = (name: string, options: Partial<Parameters<typeof resolveSubject>[1]> = {}) =>
  resolveSubject(name, { cacheDir: join(dir, 'cache'), env: { PATH: dir }, ...options });

/** A shell script of its own in the test's directory. */
async function script(name: string, body: string): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

const printing = (text: string): string => `cat <<'TEXT'\n${text}\nTEXT`;

describe('a program', () => {
  it('is told by its version: gitlab-runner, by path', async () => {
    await using runner = await standInRunner({ version: versionText('17.11.4') });
    const driver = await resolve(runner.path);
    expect(driver.identity).toEqual({ kind: 'gitlab-runner', version: '17.11.4', path: runner.path });
    expect(driver.profile).toBe('17.5');
  });

  it('is found by its name on PATH', async () => {
    const path = await script('my-runner', printing(versionText('18.3.0~pre.9.gabc')));
    const driver = await resolve('my-runner', { env: { PATH: `/nowhere:${dir}:/usr/bin:/bin` } });
    expect(driver.identity).toEqual({ kind: 'gitlab-runner', version: '18.3.0~pre.9.gabc', path });
    expect(driver.profile).toBe('18.3');
  });

  it('is found in the directory that its build has filled, with the helper of the same build', async () => {
    const arch = process.arch === 'x64' ? 'amd64' : process.arch;
    const binaries = join(dir, 'out', 'binaries');
    await mkdir(join(binaries, 'gitlab-runner-helper'), { recursive: true });
    await script(`out/binaries/gitlab-runner-${process.platform}-other`, 'exit 1');
    const path = await script(
      `out/binaries/gitlab-runner-${process.platform}-${arch}`,
      printing(versionText('18.3.0')),
    );
    const helper = `gitlab-runner-helper.linux-${arch}`;
    const helperPath = await script(`out/binaries/gitlab-runner-helper/${helper}`, printing(versionText('18.2.0')));
    const driver = await resolve(binaries, { env: { PATH: `${dir}:/usr/bin:/bin` } });
    expect(driver.identity).toEqual({ kind: 'gitlab-runner', version: '18.3.0', path });
    expect(driver.helperProgram).toBe(helperPath);
    expect(driver.helperIs).toMatch(/, because it lies beside the runner, of another build than the runner: 18\.2\.0/);
    expect(driver.helperRemark).toMatch(/^The helper .* give --helper the one that was built with the runner\.$/);
  });

  it('can be held to another profile', async () => {
    await using runner = await standInRunner({ version: versionText('17.11.4') });
    expect((await resolve(runner.path, { profile: '18.3' })).profile).toBe('18.3');
  });

  it('is told by its usage text: gitlab-python-runner', async () => {
    const python = await script('py thon3', 'test "$1" = -c && echo 14.3.20');
    const path = await script('gitlab-runner.py', `echo "usage: ${python} -m GitlabPyRunner [-h]" >&2; exit 2`);
    const driver = await resolve('gitlab-runner.py');
    expect(driver.identity).toEqual({ kind: 'gitlab-python-runner', version: '14.3.20', path });
  });

  it('is gitlab-python-runner without metadata', async () => {
    const python = await script('python3', 'echo no such package >&2; exit 1');
    await script('gitlab-runner.py', `echo "usage: ${python} -m GitlabPyRunner [-h]" >&2; exit 2`);
    await expect(resolve('gitlab-runner.py')).rejects.toThrow(/version cannot be told: .* says “no such package”/);
  });

  it.each([
    ['another program', { version: 'git version 2.39.5' }, /is no runner I know: .* says “git version 2.39.5”/],
    ['silent', { code: 3 }, /is no runner I know: .* says nothing and exits with 3/],
    ['hanging', { version: 'hang' }, /gave no end within 0.4 s/],
    ['hanging with a child', { version: 'fork-and-hang' }, /gave no end within 0.4 s/],
    ['a daemon', { version: 'fork-and-exit' }, /is no runner I know: .* says “a daemon, started”/],
    ['crashing', { version: 'crash' }, /crashed with SIGABRT/],
    ['flooding', { version: 'flood' }, /does not stop printing/],
    ['too old', { version: versionText('13.12.0') }, /13.12.0 is older than 14.10.0/],
  ] as const)('is refused when it is %s', async (_, plan, words) => {
    await using runner = await standInRunner(plan);
    // The short limit is for those that hang; nobody else may run into it on a busy machine.
    const hangs = 'version' in plan && plan.version.endsWith('hang');
    await expect(resolve(runner.path, { identifyLimitMs: hangs ? 400 : 10_000 })).rejects.toThrow(words);
  });

  it('is refused when it cannot be started', async () => {
    const path = await script('broken', '');
    await writeFile(path, '#!/nowhere/interpreter\n');
    await expect(resolve(path)).rejects.toThrow(/cannot be started: .*ENOENT/);
  });

  it('is refused when it is not there, not a file, or not executable', async () => {
    await expect(resolve(join(dir, 'none'))).rejects.toThrow(/There is no file .*none/);
    await mkdir(join(dir, 'folder'));
    await expect(resolve('/dev/null')).rejects.toThrow('is not a file');
    await expect(resolve(join(dir, 'folder'))).rejects.toThrow(
      /folder is a directory without a runner for .*: give --runner the path of a runner's program in it/,
    );
    await writeFile(join(dir, 'text'), '');
    await expect(resolve(join(dir, 'text'))).rejects.toThrow('is not executable');
    await expect(resolve('folder')).rejects.toThrow('no program called folder on PATH');
    await expect(resolve('gitlab-python-runner')).rejects.toThrow('called gitlab-runner.py');
  });
});

describe('a version', () => {
  it.each(['17', '17.11', 'v18.3'])('%s is not a full one', async (name) => {
    await expect(resolve(name)).rejects.toThrow(`${name} is not a full version`);
  });

  it('is refused when it is too old, before anything is downloaded', async () => {
    const refused = resolve('14.9.2', {
      download: { baseUrl: 'http://127.0.0.1:1', answerLimitMs: 1, transferLimitMs: 1 },
    });
    await expect(refused).rejects.toThrow('14.9.2 is older than 14.10.0');
    await expect(refused).rejects.toMatchObject({ reason: 'usage' } satisfies Partial<SubjectError>);
  });
});

it('an empty name is refused', async () => {
  await expect(resolve('')).rejects.toThrow('--runner is empty');
});

it('near names are those a typing error away, or that hold the word', () => {
  const names = ['goes-direct', 'git-goes-direct', 'ignores-the-header', 'hot-loop'];
  expect(nearNames('goes-dirct', names)).toEqual(['goes-direct']);
  expect(nearNames('direct', names)).toEqual(['git-goes-direct', 'goes-direct']);
  expect(nearNames('xyz', names)).toEqual([]);
  expect(nearNames('', names)).toEqual([]);
});
