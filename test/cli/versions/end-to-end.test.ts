import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { QUICK, QUICK_CASE, scratch, tool } from '../_tool.ts';

const MUTANT = 'reference:ignores-reset-time';
let place: Awaited<ReturnType<typeof scratch>>;

beforeAll(async () => {
  place = await scratch();
  vi.stubEnv('XDG_CACHE_HOME', join(place.dir, 'cache'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await place[Symbol.asyncDispose]();
});

it('matrix holds a runner and its mutant side by side, runs nothing twice, and does with stored runs alone', async () => {
  const words = [
    'matrix',
    'reference',
    MUTANT,
    '--profile',
    '14.10',
    '--globs',
    QUICK_CASE,
    '--globs',
    `${QUICK}[body=text]`,
  ];
  const first = await tool(place.dir, ...words);
  expect(first.code, first.err).toBe(0);
  expect(first.out).toContain(`reference → ${MUTANT}\n  - the request comes again when the stated time has come`);
  expect(first.out).toContain('4 cases were run now, all others before. The page: matrix/index.html');
  const page = readFileSync(join(place.dir, 'matrix', 'index.html'), 'utf8');
  const [, href = ''] = /class="cell fail" href="([^"#]+)#case-1"/.exec(page) ?? [];
  expect(existsSync(join(place.dir, 'matrix', href))).toBe(true);

  const again = await tool(place.dir, ...words, '--report', 'again');
  expect([again.code, again.err]).toEqual([0, '']);
  expect(again.out).toContain('Nothing was run now.');

  const run = await tool(place.dir, 'run', QUICK_CASE, '--report', 'runs/one');
  expect(run.code, run.err).toBe(0);
  const stored = await tool(place.dir, 'matrix', 'runs/*', '--report', 'stored');
  expect(stored.out).toContain('1 requirement, 1 column: reference under profile 14.10.');
});

it('bisect finds the mutant that behaves otherwise', async () => {
  const { code, out, err } = await tool(
    place.dir,
    'bisect',
    'reference',
    'reference:never-uses-proxy',
    MUTANT,
    QUICK_CASE,
  );
  expect(code, err).toBe(0);
  expect(out).toContain(
    `${MUTANT} is the first that behaves otherwise; reference:never-uses-proxy is the last of the old way.`,
  );
  expect(out).toContain(`${QUICK_CASE}: pass → fail`);
  expect(out).toContain('it did not come again in the 15.0 s watched');
});

it.each([
  ['no versions', ['matrix'], /missing required argument 'versions'/],
  ['a profile that does not exist', ['matrix', 'reference', '--profile', 'all'], /--profile takes each, 14\.10/],
  ['no case', ['bisect', '17.9.0', '17.10.0'], /then the case/],
  ['one version twice', ['bisect', '17.9.0', '17.9.0', QUICK_CASE], /the same version/],
])('%s is a usage error, in a sentence', async (_, args, sentence) => {
  const { code, err } = await tool(place.dir, ...args);
  expect(err).toMatch(sentence);
  expect(code).toBe(2);
});
