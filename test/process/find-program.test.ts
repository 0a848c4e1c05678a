import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, SEARCH_PATH } from '../../harness/process/index.ts';

let root: string;
const at = (...names: string[]): string => join(root, ...names);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'proxyproof-test-find-'));
  await mkdir(at('first', 'tool'), { recursive: true });
  await mkdir(at('second'));
  await mkdir(at('third'));
  await writeFile(at('first', 'text'), 'no program');
  for (const each of ['tool', 'text', 'other']) {
    await writeFile(at('second', each), '#!/bin/sh\n');
    await chmod(at('second', each), 0o755);
  }
  await symlink(at('gone'), at('first', 'other'));
  await writeFile(at('third', 'daemon'), '#!/bin/sh\n');
  await chmod(at('third', 'daemon'), 0o755);
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe('findProgram', () => {
  const path = (): string => ['', at('first'), at('second')].join(delimiter);

  it.each([
    ['tool', 'a directory'],
    ['text', 'a file that is not executable'],
    ['other', 'a link that leads nowhere'],
  ])('finds %s behind %s', (name) => {
    expect(findProgram(name, { path: path() })).toBe(at('second', name));
  });

  it('looks into other places after the path', () => {
    expect(findProgram('daemon', { path: path() })).toBeUndefined();
    expect(findProgram('daemon', { path: path(), places: [at('third')] })).toBe(at('third', 'daemon'));
    expect(findProgram('tool', { path: path(), places: [at('third')] })).toBe(at('second', 'tool'));
  });

  it('takes a path as it is, relative to a directory', () => {
    expect(findProgram(at('second', 'tool'))).toBe(at('second', 'tool'));
    expect(findProgram('./tool', { cwd: at('second') })).toBe(at('second', 'tool'));
    expect(findProgram(at('first', 'tool'))).toBeUndefined();
    expect(findProgram('tool', { path: relative(root, at('second')), cwd: root })).toBe(at('second', 'tool'));
  });

  it('knows where the system has its tools, whatever PATH says', () => {
    expect(SEARCH_PATH.split(delimiter)).toEqual(expect.arrayContaining(['/usr/sbin', '/usr/bin', '/sbin', '/bin']));
    expect(findProgram('sh')).toMatch(/\/sh$/);
  });
});
