import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { machineClock } from '../../harness/clock/index.ts';
import { findControlGroups } from '../../harness/process/control-groups.ts';
import { directoryOf, environmentOf, findProgram, readProcesses } from '../../harness/process/index.ts';
import { findStrays, removeStrays } from '../../harness/world/strays.ts';
import { noDocker } from '../containers/_here.ts';
import { noNamespace, temporaryDirectory } from './stand-ins.ts';

const HARNESS = fileURLToPath(new URL('./killed-harness.ts', import.meta.url));

/** How long what a killed harness leaves may take to end, in real milliseconds; 50 are usual. */
const GONE_LIMIT_MS = 60_000;
/** Starting a harness of one's own reads all of it. */
vi.setConfig({ testTimeout: 240_000 });

/** Processes that bear a run's label, zombies left out. */
const bearing = (label: string) =>
  readProcesses().filter(({ pid }) => environmentOf(pid).get('PROXYPROOF_RUN') === label);

/** Until nobody bears the label any more: the kernel ends them one after the other, and tells nobody but their parents. */
async function untilGone(label: string): Promise<void> {
  const late = (): Error => new Error(`still there: ${JSON.stringify(bearing(label))}`);
  await machineClock.until(GONE_LIMIT_MS, late, () => bearing(label).length === 0 || undefined, { everyMs: 5 });
}

async function startHarness(root: string, where: 'namespace' | 'names', proxy: 'basic' | 'squid' | 'docker' = 'basic') {
  const child = spawn(process.execPath, ['--no-warnings', HARNESS, root, where, proxy], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    return { child, ...(JSON.parse(line) as { label: string; dir: string }) };
  }
  throw new Error('the harness ended early');
}

it.skipIf(noNamespace)('a killed harness takes its namespace with it, and leaves files that are removed', async () => {
  await using place = await temporaryDirectory();
  const { child, label, dir } = await startHarness(place.dir, 'namespace');
  const alive = bearing(label).length;
  const { directories } = findStrays({ root: place.dir });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(alive).toBeGreaterThanOrEqual(5);
  expect(directories).toEqual([]);
  await untilGone(label);
  expect(existsSync(dir)).toBe(true);
  expect(await removeStrays({ root: place.dir })).toContain(`directory ${dir}`);
  expect(existsSync(dir)).toBe(false);
});

it.skipIf(noDocker)('a Docker engine of a killed harness ends with it, and so do its containers', async () => {
  await using place = await temporaryDirectory();
  const { child, label, dir } = await startHarness(place.dir, 'namespace', 'docker');
  const groups = () => findControlGroups().filter(({ run }) => run.label === label);
  expect(bearing(label).map(({ name }) => name)).toContain('dockerd');
  expect(groups()).toHaveLength(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await untilGone(label);
  expect(await removeStrays({ root: place.dir })).toEqual(
    expect.arrayContaining([`directory ${dir}`, ...groups().map(({ name }) => `control group ${name}`)]),
  );
  // A group with a process in it could not have been removed.
  expect(groups()).toEqual([]);
  expect(existsSync(dir)).toBe(false);
});

it('what a killed harness leaves without a namespace is found and removed', async () => {
  await using place = await temporaryDirectory();
  const { child, label, dir } = await startHarness(place.dir, 'names');
  child.kill('SIGKILL');
  await once(child, 'exit');
  await removeStrays({ root: place.dir });
  expect(bearing(label)).toEqual([]);
  expect(existsSync(dir)).toBe(false);
});

it.skipIf(!findProgram('squid'))('a squid that a killed harness leaves is one of them', async () => {
  await using place = await temporaryDirectory();
  const { child, dir } = await startHarness(place.dir, 'names', 'squid');
  const squids = () => readProcesses().filter(({ pid }) => directoryOf(pid)?.startsWith(`${dir}/`));
  const before = squids().map(({ name }) => name);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(before).toContain('squid');
  await removeStrays({ root: place.dir });
  expect(squids().filter(({ name }) => name === 'squid')).toEqual([]);
  expect(existsSync(dir)).toBe(false);
});
