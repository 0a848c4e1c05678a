import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How directories of tests begin, and those of runs. */
const OURS = /^(proxyproof-|cli-test-|package test |hostile-|matrix-|expectations-)/;

/** What there is now that a test has to take away again: temporary files and directories, and mounts of ours. */
async function traces(): Promise<ReadonlySet<string>> {
  const files = (await readdir(tmpdir())).filter((each) => OURS.test(each)).map((each) => join(tmpdir(), each));
  const mounted = (await readFile('/proc/self/mounts', 'utf8').catch(() => '')).split('\n');
  const mounts = mounted.flatMap((line) => line.split(' ')[1] ?? []).filter((at) => at.includes('/proxyproof-'));
  return new Set([...files, ...mounts.map((each) => `the mount ${each}`)]);
}

/**
 * Looks at the machine before the tests.
 * @returns what looks again after them
 * @throws Error there, that names what they left behind
 */
export async function nothingLeft(): Promise<() => Promise<void>> {
  const before = await traces();
  return async () => {
    const left = [...(await traces())].filter((each) => !before.has(each));
    if (left.length > 0) throw new Error(`The tests left behind: ${left.join(', ')}.`);
  };
}
