import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { machineClock } from '../../harness/clock/index.ts';
import { findControlGroups } from '../../harness/process/index.ts';
import { type Launched, launch, launched, ROOT, scratch } from './_tool.ts';

/** How long something that is waited for may take, in real milliseconds; a few seconds are usual. */
const LIMIT_MS = 120_000;

/** A command that was started, and the directories that are its own. */
export interface Interruptible extends Launched, AsyncDisposable {
  readonly dir: string;
  readonly tmp: string;
  /** The image store below its cache directory. */
  readonly store: string;
  readonly env: Record<string, string>;
}

/** What is started. */
export interface Arranged {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the command line tool itself, with a temporary directory of its own, and a store where `storeIn` says. */
export async function start(arrange: (dir: string) => Promise<Arranged>): Promise<Interruptible> {
  const place = await scratch();
  const { dir } = place;
  const tmp = join(dir, 'tmp');
  await mkdir(tmp);
  const { args, env: own = {} } = await arrange(dir);
  const env = { TMPDIR: tmp, ...own };
  const command = { command: process.execPath, cwd: dir, env };
  const started = launch([...NODE, ...args], command);
  return {
    ...started,
    dir,
    tmp,
    store: storeIn(dir),
    env,
    [Symbol.asyncDispose]: async () => {
      started.child.kill('SIGKILL');
      await started.done;
      await launched([...NODE, 'clean'], command);
      await place[Symbol.asyncDispose]();
    },
  };
}

/** Where the image store of a command is that makes images. */
export const storeIn = (dir: string): string => join(dir, 'cache', 'proxyproof', 'images');

const NODE = ['--disable-warning=ExperimentalWarning', join(ROOT, 'harness', 'cli', 'main.ts')];

/** Waits until something is to be seen of a command. @throws Error with its words when it ends before */
export async function until(started: Interruptible, what: string, look: () => boolean): Promise<void> {
  const words = (): string => `${started.out()}\n${started.err()}`;
  const looking = machineClock.until(
    LIMIT_MS,
    () => new Error(`${what} did not come:\n${words()}`),
    () => {
      if (look()) return true;
      if (started.child.exitCode !== null) throw new Error(`It ended before ${what}:\n${words()}`);
      return undefined;
    },
    { everyMs: 5 },
  );
  await looking;
}

/** Runs the command line tool itself to its end. */
export const tool = (dir: string, env: Record<string, string>, ...args: string[]) =>
  launched([...NODE, ...args], { command: process.execPath, cwd: dir, env });

/** Runs `clean` where a command was. */
export const clean = ({ dir, env }: Interruptible) => tool(dir, env, 'clean');

/** The control groups of a command's containers. */
export const groupsOf = ({ child }: Interruptible) => findControlGroups().filter(({ run }) => run.pid === child.pid);

/** Processes of a command: they bear its label, are in its containers, or have to do with its directories. */
export function processesOf({ child, dir }: Interruptible): string[] {
  const owner = `${child.pid.toString(36)}-`;
  const labels = [`PROXYPROOF_RUN=${owner}`, `/proxyproof-${owner}`, dir];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    const about = ['environ', 'cmdline', 'cgroup'].map((each) => read(`/proc/${pid}/${each}`)).join('\0');
    const isOne = labels.some((label) => about.includes(label)) || linkOf(`/proc/${pid}/cwd`).startsWith(dir);
    return isOne && !/^State:\s+Z/m.test(read(`/proc/${pid}/status`))
      ? [`${pid} ${read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')}`]
      : [];
  });
}

/** Expects nothing of a command to be there any more: no process, mount, control group, file. */
export async function expectNothingLeft(started: Interruptible): Promise<void> {
  const { child, dir, tmp, store } = started;
  const late = (): Error => new Error(`still there:\n${processesOf(started).join('\n')}`);
  // The kernel ends them one after the other, and tells nobody but their parents.
  await machineClock.until(LIMIT_MS, late, () => processesOf(started).length === 0 || undefined, { everyMs: 5 });
  const mounts = read('/proc/self/mountinfo').split('\n');
  expect(mounts.filter((line) => line.includes(dir) || line.includes(`proxyproof-${child.pid.toString(36)}-`))).toEqual(
    [],
  );
  expect(groupsOf(started)).toEqual([]);
  // Node's own cache of compiled code is for the next process.
  expect(names(tmp).filter((name) => name !== 'node-compile-cache')).toEqual([]);
  expect(names(store).filter((name) => !['data', 'registry'].includes(name))).toEqual([]);
  expect(names(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  expect(orphansOf(join(store, 'data'))).toEqual([]);
}

/** What is in a data root and belongs to no image. */
function orphansOf(dataRoot: string): string[] {
  const layerdb = join(dataRoot, 'image', 'overlay2', 'layerdb');
  const used = new Set(names(join(layerdb, 'sha256')).map((name) => read(join(layerdb, 'sha256', name, 'cache-id'))));
  const layers = names(join(dataRoot, 'overlay2')).filter((name) => name !== 'l' && !used.has(name));
  return [
    ...layers,
    ...['containers', 'tmp', 'image/overlay2/layerdb/mounts', 'image/overlay2/layerdb/tmp'].flatMap((each) =>
      names(join(dataRoot, each)).map((name) => join(each, name)),
    ),
  ];
}

export const names = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir) : []);

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
