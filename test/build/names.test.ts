import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkNames } from '../../build/names/check.ts';

/** What is said of a project of these files. */
async function saidOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'proxyproof-names-test-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
    return checkNames(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

describe('the names of exported types', () => {
  it('are each for one thing in the project', () => {
    expect(checkNames(new URL('../..', import.meta.url).pathname)).toEqual([]);
  });

  it.each([
    ['interfaces', 'export interface Door {}', 'export interface Door {}'],
    ['an alias and a class', 'export type Door = string;', 'export abstract class Door {}'],
  ])('are not for two: %s', async (_, one, other) => {
    expect(await saidOf({ 'harness/world/a.ts': one, 'harness/proxy/b.ts': other })).toEqual([
      'The type Door is exported by harness/proxy/b.ts and harness/world/a.ts. Give each thing a word of its own.',
    ]);
  });

  it.each([
    ['a type that an index gives on', 'export interface Door {}', "export type { Door } from '../world/a.ts';"],
    ['a type that is not exported', 'export interface Door {}', 'interface Door {}\nexport const door: Door = {};'],
    ['a value', 'export interface Door {}', 'export const Door = 1;'],
  ])('may come twice as %s', async (_, one, other) => {
    expect(await saidOf({ 'harness/world/a.ts': one, 'harness/proxy/b.ts': other })).toEqual([]);
  });
});
