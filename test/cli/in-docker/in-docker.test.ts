import { chmod, mkdtemp, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { labelsOf } from '../../../harness/cli/in-docker/container/labels.ts';
import { noDocker } from '../../containers/_here.ts';
import { type Launched, launch, launched, put, ROOT, scratch } from '../_tool.ts';
import { deadRun } from './_dead.ts';
import { imageOfPrograms, type StandInEngine, standInEngine } from './_engine.ts';
import { PROGRAMS, standInPackage } from './_package.ts';

const RUN = new URL('./_run.ts', import.meta.url).pathname;
const MAIN = join(ROOT, 'harness', 'cli', 'main.ts');
const IMAGE = 'shell:1';

// Each of them starts a run or more, and with it a container.
vi.setConfig({ testTimeout: 120_000 });

let engine: StandInEngine;
let root: string;

/** Starts a run of the stand-in package. */
function start(
  cwd: string,
  words: readonly string[],
  options: object = {},
  env: Record<string, string> = {},
): Launched {
  return launch(['--no-warnings', RUN, root, JSON.stringify({ inDocker: IMAGE, ...options }), ...words], {
    cwd,
    command: process.execPath,
    env: { DOCKER_HOST: engine.host, ...env },
  });
}

/** Runs Node as a user who may do nothing but use the engine; undefined where that user cannot read this checkout. */
async function asNobody(cwd: string): Promise<((...words: string[]) => ReturnType<typeof launched>) | undefined> {
  await chmod(cwd, 0o777);
  for (const each of [engine.dir, root]) await chmod(each, 0o755);
  await chmod(new URL(engine.host).pathname, 0o666);
  const env = { DOCKER_HOST: engine.host, HOME: cwd };
  const user = ['--reuid', '65534', '--regid', '65534', '--clear-groups', process.execPath];
  const node = (...words: string[]) => launched([...user, ...words], { cwd, command: 'setpriv', env });
  return (await node(MAIN, '--version')).code === 0 ? node : undefined;
}

const containers = async (): Promise<string[]> =>
  (await engine.docker.listContainers({ all: true })).map(({ Names }) => Names.join());

const noneLeft = () => expect.poll(containers, { timeout: 30_000 }).toEqual([]);

describe.skipIf(noDocker)('a run in the engine of a user', () => {
  beforeAll(async () => {
    engine = await standInEngine();
    root = await standInPackage(await mkdtemp(join(tmpdir(), 'proxyproof-test-package-')));
    await imageOfPrograms(engine.docker, IMAGE, PROGRAMS);
  }, 180_000);

  afterAll(async () => {
    await engine?.[Symbol.asyncDispose]();
    if (root) await rm(root, { recursive: true });
  });

  test('is as it would be without: arguments, files, output, report and exit code', async () => {
    await using place = await scratch();
    const cwd = join(place.dir, 'a directory');
    await put(join(cwd, 'team', 'one.ts'), 'a scenario, ');
    await put(join(cwd, 'expect.yaml'), 'an expectation');
    const words = ['git/*', '--in-docker=shell:1', '--scenarios', 'team', '--expect', 'expect.yaml'];
    const { out, err } = await start(cwd, words, { scenarios: 'team', expect: 'expect.yaml' }).done;
    expect(err).toMatch(/running in the Docker engine [\d.]+\S* at unix:\/\/\S+ \(named by DOCKER_HOST\)/);
    expect(err).toContain('to standard error');
    const report = /--report (runs\/\S+)/.exec(out)?.[1] ?? '';
    expect(out).toContain(
      `in ${cwd} as 0: run git/* --scenarios team --expect expect.yaml --report ${report}\ninstalled: lock 1\n` +
        'typed: ./proxyproof run git/* --in-docker=shell:1 --scenarios team --expect expect.yaml\n',
    );
    expect(out).toMatch(/\nexit code 7\n$/);
    expect(await readFile(join(cwd, report, 'results.json'), 'utf8')).toBe('a scenario, an expectation');
    expect(await readFile(join(cwd, report, 'deep', 'page.html'), 'utf8')).toBe('page\n');
    expect(await readlink(join(cwd, 'runs', 'latest'))).toBe(report.replace('runs/', ''));
    await noneLeft();
  });

  test('belongs to who started it, who need not be root', async (context) => {
    await using place = await scratch();
    const nobody = await asNobody(place.dir);
    if (nobody === undefined) return context.skip('nobody else may read this checkout');
    const { out } = await nobody('--no-warnings', RUN, root, JSON.stringify({ inDocker: IMAGE, report: 'out' }));
    expect(out).toMatch(/\nexit code 7\n$/);
    const { uid, gid } = await stat(join(place.dir, 'out', 'deep', 'page.html'));
    expect({ uid, gid }).toEqual({ uid: 65534, gid: 65534 });
  });

  test('is what doctor points to, where there is an engine and no root', async (context) => {
    await using place = await scratch();
    const nobody = await asNobody(place.dir);
    if (nobody === undefined) return context.skip('nobody else may read this checkout');
    expect((await nobody(MAIN, 'doctor')).out).toMatch(
      /^proxyproof run --in-docker runs all cases in the Docker engine \S+ at unix:\S+ \(named by DOCKER_HOST\)\.$/m,
    );
    const root = await launched(['doctor'], { cwd: place.dir, env: { DOCKER_HOST: engine.host } });
    expect(root.out).not.toContain('--in-docker');
  });

  test('installs what it needs into a copy of the image once, and again when that changes', async () => {
    await using place = await scratch();
    await start(place.dir, []).done;
    const again = await start(place.dir, []).done;
    expect(again.err).not.toContain('installing');
    await standInPackage(root, 'lock 2');
    const { out, err } = await start(place.dir, []).done;
    expect(err).toContain('installing what proxyproof needs into a copy of shell:1 (once) …');
    expect(err).toContain('installing in /opt/proxyproof');
    expect(out).toContain('installed: lock 2');
    const prepared = await engine.docker.listImages({ filters: { label: ['proxyproof.prepared-from=shell:1'] } });
    expect(prepared).toHaveLength(1);
  });

  test('that cannot be installed, or has no image, ends in a sentence', async () => {
    await using place = await scratch();
    const broken = await put(join(root, 'harness', 'broken'), '');
    await put(join(root, 'package-lock.json'), 'broken lock');
    expect((await start(place.dir, []).done).out).toMatch(
      /^EnvironmentError: shell:1 could not be prepared \(exit code 3\); what went wrong is above\. It has to be Debian/m,
    );
    expect(await readdir(join(place.dir, 'runs'))).toEqual([]);
    await rm(broken);
    await standInPackage(root);
    const { out, err } = await start(place.dir, [], { inDocker: 'localhost:1/none:1' }).done;
    expect(err).toContain('pulling localhost:1/none:1 …');
    expect(out).toMatch(
      /^EnvironmentError: The engine has no image localhost:1\/none:1, and cannot pull it: .*refused/m,
    );
    await noneLeft();
  });

  test('told to stop ends in order, and its report so far is there', async () => {
    await using place = await scratch();
    const run = start(place.dir, ['wait']);
    await run.says(/^waiting/m);
    expect(await containers()).toHaveLength(1);
    run.child.kill('SIGINT');
    const { out } = await run.done;
    expect(out).toMatch(/told to stop\n\nexit code 130\n$/);
    await noneLeft();
    const [report = '', ...others] = await readdir(join(place.dir, 'runs'));
    expect(await readdir(join(place.dir, 'runs', report))).toEqual(['deep']);
    expect(others).toEqual([]);
  });

  test('killed with kill -9 leaves nothing running, without anybody cleaning up', async () => {
    await using place = await scratch();
    const run = start(place.dir, ['wait']);
    await run.says(/^waiting/m);
    run.child.kill('SIGKILL');
    await noneLeft();
    expect((await engine.docker.listVolumes()).Volumes.map(({ Name }) => Name)).toEqual(['proxyproof-cache']);
  });

  test('whose container is taken away ends in a sentence', async () => {
    await using place = await scratch();
    const run = start(place.dir, ['wait']);
    await run.says(/^waiting/m);
    const [container] = await engine.docker.listContainers();
    await engine.docker.getContainer(container?.Id ?? '').kill();
    expect((await run.done).out).toMatch(
      /^EnvironmentError: The container proxyproof-\S+ ended before the run in it did/m,
    );
  });

  test('is cleaned up after by clean and by the next run, when its owner died before it had begun', async () => {
    await using place = await scratch();
    const env = { DOCKER_HOST: engine.host };
    const leave = () =>
      engine.docker.createContainer({ name: 'left', Image: IMAGE, Cmd: ['cat'], Labels: labelsOf(deadRun()) });
    const other = await engine.docker.createContainer({ name: 'other', Image: IMAGE, Cmd: ['cat'] });
    await leave();
    expect((await launched(['clean', '--dry-run'], { cwd: place.dir, env })).out).toContain(
      'would remove container left',
    );
    expect((await launched(['clean'], { cwd: place.dir, env })).out).toContain('removed container left');
    await leave();
    expect((await start(place.dir, []).done).err).toContain('removed what an earlier run left: container left');
    expect(await containers()).toEqual(['/other']);
    await other.remove();
  });
});
