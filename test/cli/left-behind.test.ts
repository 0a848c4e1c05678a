import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, vi } from 'vitest';
import { reference } from '../../harness/containers/images/reference.ts';
import { ImageStore } from '../../harness/containers/index.ts';
import { findProgram, thisProcess } from '../../harness/process/index.ts';
import { noDocker } from '../containers/_here.ts';
import {
  clean,
  expectNothingLeft,
  groupsOf,
  type Interruptible,
  names,
  processesOf,
  start,
  storeIn,
  tool,
  until,
} from './_interrupted.ts';
import { SLEEP, savedImage, smallDebian } from './_small-debian.ts';
import { teamScenario } from './_team.ts';

vi.setConfig({ testTimeout: 300_000, maxConcurrency: 4 });

/** A moment of a command, known by what is to be seen. */
interface Moment {
  readonly name: string;
  readonly start: () => Promise<Interruptible>;
  readonly seen: (started: Interruptible) => boolean;
}

const inTmp = ({ tmp }: Interruptible, ...path: string[]): boolean =>
  names(tmp).some((name) => name.startsWith('proxyproof-') && existsSync(join(tmp, name, ...path)));
const has = (started: Interruptible, program: string): boolean =>
  processesOf(started).some((each) => new RegExp(`^\\d+ (\\S*/)?${program}( |$)`).test(each));

/** A run that waits for ever, with an engine and a container, a proxy, and a program that has left something behind. */
const run = (): Promise<Interruptible> =>
  start(async (dir) => {
    const proxy = findProgram('squid') ? 'squid' : 'keep-alive';
    const note = (name: string): string => `writeFileSync(${JSON.stringify(join(dir, name))}, '');`;
    await teamScenario(join(dir, 'team'), {
      name: 'waits',
      world: `{ proxy: { kind: '${proxy}' }, docker: {} }`,
      act: `
  const { writeFileSync } = await import('node:fs');
  await world.docker.run({ name: 'left', image: 'base', command: ['sleep', '600'] });
  ${note('has-container')}
  await world.host.spawn('sh', ['-c', 'setsid sleep 600 & exec sleep 600'], { log: false });
  ${note('has-program')}
  await world.until('what never comes', () => false, 3_600_000);`,
    });
    return { args: ['run', 'team/waits', '--scenarios', 'team', '--report', 'report'] };
  });

const make = (how: 'waits' | 'gives') => (): Promise<Interruptible> =>
  start(async (dir) => ({ args: ['images', '--build'], env: await smallDebian(dir, how) }));

/** Making of images that waits for another process, which is this one. */
const wait = (): Promise<Interruptible> =>
  start(async (dir) => {
    const { pid, pidNamespace, startTime } = thisProcess();
    await mkdir(storeIn(dir), { recursive: true });
    await writeFile(join(storeIn(dir), 'lock'), `${pid} pid:[${pidNamespace}] ${startTime}`);
    return { args: ['images', '--build'], env: await smallDebian(dir, 'waits') };
  });

/** An import that takes a while. */
const take = (): Promise<Interruptible> =>
  start(async (dir) => ({ args: ['images', '--import', await allImages(dir)], env: await smallDebian(dir, 'waits') }));

/** An export of images that are there: they were imported. */
const give = (): Promise<Interruptible> =>
  start(async (dir) => {
    const env = await smallDebian(dir, 'waits');
    const { code, err } = await tool(dir, env, 'images', '--import', await allImages(dir));
    if (code !== 0) throw new Error(err);
    return { args: ['images', '--export', 'images.tar'], env };
  });

/** A file of images for import: each of ours is one of 100 MB. */
async function allImages(dir: string): Promise<string> {
  const { inputs } = await ImageStore.open(join(dir, 'cache', 'proxyproof'));
  const tags = inputs.map(({ name, hash }) => reference(name, hash));
  return savedImage(join(dir, 'all.tar'), tags, randomBytes(100 * 2 ** 20));
}

const MOMENTS: readonly Moment[] = [
  { name: 'run: its directory is there', start: run, seen: (it) => inTmp(it, '.') },
  { name: 'run: its ledger is there', start: run, seen: ({ dir }) => existsSync(join(dir, 'report/ledger.ndjson')) },
  { name: 'run: a world is being made', start: run, seen: (it) => inTmp(it, 'world-1') },
  { name: 'run: its proxy runs', start: run, seen: (it) => has(it, 'squid') || inTmp(it, 'world-1', 'docker') },
  { name: 'run: its engine starts', start: run, seen: (it) => has(it, 'dockerd') },
  { name: 'run: a container is being made', start: run, seen: (it) => groupsOf(it).length > 0 },
  { name: 'run: a container runs', start: run, seen: ({ dir }) => existsSync(join(dir, 'has-container')) },
  { name: 'run: a program runs', start: run, seen: ({ dir }) => existsSync(join(dir, 'has-program')) },
  { name: 'images: the lock is held', start: make('waits'), seen: ({ store }) => existsSync(join(store, 'lock')) },
  {
    name: 'images: there is a work directory',
    start: make('waits'),
    seen: ({ store }) => existsSync(join(store, 'builder')),
  },
  { name: 'images: the daemon starts', start: make('waits'), seen: (it) => has(it, 'dockerd') },
  {
    name: 'images: the daemon is there',
    start: make('waits'),
    seen: ({ store }) => existsSync(join(store, 'builder/daemon/docker.sock')),
  },
  {
    name: 'images: Debian is to be made',
    start: make('waits'),
    seen: ({ out }) => out().includes('making a Debian image'),
  },
  {
    name: 'images: Debian is being made',
    start: make('waits'),
    seen: ({ store }) => existsSync(join(store, 'builder/debian/mounted')),
  },
  {
    name: 'images: Debian is made',
    start: make('gives'),
    seen: ({ store }) => existsSync(join(store, 'builder/debian/debian.tar')),
  },
  {
    name: 'images: Debian is taken over',
    start: make('gives'),
    seen: ({ store }) => names(join(store, 'data/overlay2')).length > 1,
  },
  {
    name: 'images: a step of one runs',
    start: make('gives'),
    seen: (it) => has(it, SLEEP[0] ?? ''),
  },
  {
    name: 'images: another process is waited for',
    start: wait,
    seen: ({ out }) => out().includes('waiting for process'),
  },
  {
    name: 'images: an import is under way',
    start: take,
    seen: ({ store }) => existsSync(join(store, 'builder/undo.json')),
  },
  {
    name: 'images: an export is under way',
    start: give,
    seen: ({ dir }) => names(dir).some((name) => name.endsWith('.part')),
  },
];

const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

describe.skipIf(noDocker).concurrent('what is interrupted leaves nothing', () => {
  test.for(MOMENTS.map((moment, index) => ({ ...moment, signal: ENDS[index % 3] ?? 'SIGINT' })))(
    '$name, then $signal',
    async ({ name, start, seen, signal }, { expect }) => {
      await using it = await start();
      await until(it, name, () => seen(it));
      it.child.kill(signal);
      expect((await it.done).code, it.err()).toBe(CODES[signal]);
      await freeLock(it);
      await expectNothingLeft(it);
    },
  );

  test.for(MOMENTS)('$name, then SIGKILL and clean', async ({ name, start, seen }, { expect }) => {
    await using it = await start();
    await until(it, name, () => seen(it));
    it.child.kill('SIGKILL');
    await it.done;
    await freeLock(it);
    const { code, err } = await clean(it);
    expect(err).toBe('');
    expect(code).toBe(0);
    await expectNothingLeft(it);
  });
});

/** What this process holds is not the command's. */
async function freeLock({ store }: Interruptible): Promise<void> {
  const file = join(store, 'lock');
  if (existsSync(file) && (await readFile(file, 'utf8')).startsWith(`${process.pid} `)) await rm(file);
}
