import { execFile, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openWritable, readWithin } from '../../harness/files/index.ts';
import { scratch } from '../cli/_tool.ts';

async function fifo(dir: string): Promise<string> {
  const file = join(dir, 'pipe');
  await promisify(execFile)('mkfifo', [file]);
  return file;
}

const writes = (file: string, script: string) => spawn('sh', ['-c', script, 'sh', file], { stdio: 'ignore' });

describe('readWithin', () => {
  it('gives up a pipe that nobody writes to, and one whose writer is silent', async () => {
    await using place = await scratch();
    const file = await fifo(place.dir);
    const says = 'is a pipe (FIFO) through which nothing came for 0.2 s';
    await expect(readWithin(file, 100, 200)).rejects.toThrow(says);
    const silent = writes(file, 'exec sleep 60 >"$1"');
    await expect(readWithin(file, 100, 200)).rejects.toThrow(says);
    silent.kill();
  });

  it('reads what comes through a pipe, however late and in however many parts', async () => {
    await using place = await scratch();
    const file = await fifo(place.dir);
    writes(file, '{ sleep 0.2; echo one; sleep 0.2; echo two; } >"$1"');
    expect(await readWithin(file, 100, 5000)).toBe('one\ntwo\n');
  });

  it('closes what it opened', async () => {
    await using place = await scratch();
    const file = await fifo(place.dir);
    const before = readdirSync('/proc/self/fd').length;
    for (let nth = 0; nth < 20; nth++) await readWithin(file, 100, 1).catch(() => {});
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 10);
  });
});

describe('openWritable', () => {
  it('refuses a pipe that nobody reads', async () => {
    await using place = await scratch();
    const file = await fifo(place.dir);
    expect(() => openWritable(file)).toThrow('is a pipe (FIFO) that nobody reads');
  });

  it('writes to a pipe as fast as its reader reads', async () => {
    await using place = await scratch();
    const file = await fifo(place.dir);
    const reader = spawn('sh', ['-c', 'exec 3<"$1"; echo open; sleep 0.3; wc -c <&3', 'sh', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const count = text(reader.stdout);
    const { promise, resolve } = Promise.withResolvers<void>();
    const open = setInterval(() => {
      try {
        const stream = openWritable(file);
        clearInterval(open);
        stream.end('x'.repeat(1e6), resolve);
      } catch {
        // Its reader is not there yet.
      }
    }, 10);
    await promise;
    expect(await count).toContain('1000000');
  });
});
