import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';

/** The processes of a run: by its label in their environment, or by its directory in their command line. */
export function processesOf(label: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => [`PROXYPROOF_RUN=${label}`, `proxyproof-${label}`].some((sign) => known(pid).includes(sign)))
    .map((pid) => `${pid} ${read(pid, 'cmdline')}`);
}

const known = (pid: string): string => read(pid, 'environ') + read(pid, 'cmdline');

function read(pid: string, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Expects nothing of a run to be there; what was just killed may need a moment to be gone. */
export async function expectNothingLeft(dir: string): Promise<void> {
  const label = labelOf(dir);
  await expect.poll(() => processesOf(label), { timeout: 30_000 }).toEqual([]);
  expect(existsSync(runDirectoryOf(dir))).toBe(false);
}

/** The run's temporary directory, of anything in it. */
export const runDirectoryOf = (dir: string): string => /^.*\/proxyproof-[0-9a-z-]+/.exec(dir)?.[0] ?? '';
export const labelOf = (dir: string): string => runDirectoryOf(dir).replace(/^.*\/proxyproof-/, '');

/** Waits for a file, and reads it. */
export async function fileAt(path: string, limitMs = 60_000): Promise<string> {
  // There may be no directory to watch yet, and a few looks cost nothing.
  for (const end = performance.now() + limitMs; performance.now() < end; await delay(20)) {
    if (existsSync(path)) {
      const content = readFileSync(path, 'utf8');
      if (content !== '') return content;
    }
  }
  throw new Error(`There is no ${path} after ${limitMs} ms.`);
}

/** Whether a process is there and not a zombie. */
export function isAlive(pid: number): boolean {
  return /^State:\s+[^Z]/m.test(read(String(pid), 'status'));
}

/** One digest for files and directories with all that is in them; a missing one counts too. */
export function digestOf(...paths: string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    const entries = existsSync(path) ? list(path) : [];
    hash.update(`${path} ${entries.length}\n`);
    for (const [file, content] of entries) hash.update(`${file}\n`).update(content);
  }
  return hash.digest('hex');
}

function list(path: string): [string, Buffer][] {
  try {
    return [[path, readFileSync(path)]];
  } catch {
    return readdirSync(path)
      .toSorted()
      .flatMap((name) => list(`${path}/${name}`));
  }
}
