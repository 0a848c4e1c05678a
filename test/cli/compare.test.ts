import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { comparisonSchema } from '../../harness/report/compare/schema.ts';
import { barriers, complaintsOf, launchChromium } from '../chromium.ts';
import { MUTANT, put, scratch, tool } from './_tool.ts';

/** Four cases that the mutant fails, and one that it passes. */
const CASES = ['rate-limit/header-case[request=trace]*', 'rate-limit/reset-time-absent[body=json]'];

/** How long a request takes is another time in every run. */
const withoutQuantities = (text: string): string => text.trim().replace(/[\d.]+ s( to [\d.]+ s)?/g, '… s');

test('compare says what got worse from one to another, of runs and of versions, and draws both', async () => {
  await using place = await scratch();
  const { dir } = place;
  const runs = [
    ['a', 'reference'],
    ['b', `reference:${MUTANT}`],
  ] as const;
  for (const [name, runner] of runs) await tool(dir, 'run', ...CASES, '--runner', runner, '--report', name);

  const worse = await tool(dir, 'compare', 'a', join('b', 'results.json'), '--report', 'out');
  expect(worse.code).toBe(1);
  expect(worse.out).toMatch(/^reference 14\.10\.1 → reference:ignores-reset-time 14\.10\.1, under profile 14\.10$/m);
  expect(worse.out).toMatch(/^✗ rate-limit\/header-case.*required, pass → fail$/m);
  expect(worse.out).toContain('Both pictures of every change: out/compare.html');
  const better = await tool(dir, 'compare', 'b', 'a', '--format', 'json');
  expect(better.code).toBe(0);
  const json = comparisonSchema.parse(JSON.parse(better.out));
  expect(json.changes.map(({ kind }) => kind)).toEqual(['better']);

  const none = await tool(dir, 'compare', 'a', 'b', '--mine', 'rate-limit=no');
  expect(none.code).toBe(2);
  expect(none.out).toContain('left out 5 since your GitLab limits no requests');
  const config = '[[runners]]\nurl = "https://gitlab.corp.example"\nexecutor = "shell"\n';
  await put(join(dir, 'config.toml'), config);
  const mine = await tool(
    dir,
    'compare',
    'a',
    'b',
    'rate-limit/reset-time-absent',
    '--mine',
    'config.toml',
    '--format',
    'markdown',
  );
  expect(mine).toMatchObject({ code: 0, err: '' });
  expect(mine.out).toContain('**Nothing changed.** 1 case compared, all the same.');

  const versions = await tool(dir, 'compare', 'reference', `reference:${MUTANT}`, ...CASES);
  expect(versions.code).toBe(1);
  expect(withoutQuantities(versions.out)).toBe(withoutQuantities(worse.out.split('\n\nBoth pictures')[0] ?? ''));

  const refused = async (...args: string[]): Promise<string> => {
    const { code, err } = await tool(dir, 'compare', ...args);
    expect(code).toBe(2);
    return err;
  };
  expect(await refused('a', 'a')).toContain('are the same: there is nothing to compare');
  expect(await refused('a', 'reference', '--profile', 'each')).toContain('is a run that is there already');
  expect(await refused('a', 'reference', '--profile', '18.3')).toContain('is a run under profile 14.10');
  expect(await refused('a', './nothing')).toContain('There is nothing at');
  expect(await refused('a', 'b', '--mine', 'proxy')).toContain('"proxy" is neither');

  await using browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 375, height: 800 } });
  const complaints = complaintsOf(page);
  await page.goto(pathToFileURL(join(dir, 'out', 'compare.html')).href);
  await page.locator('.pair .picture svg').nth(1).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  expect(await barriers(page)).toEqual([]);
  // Both sides of a case open and close together.
  await page.locator('.more-cases > summary').click();
  const second = page.locator('.pair').nth(1).locator('details.case');
  await second.first().locator('summary').first().press('Enter');
  await page.locator('.pair').nth(1).locator('.picture svg').nth(1).waitFor();
  expect(await second.last().getAttribute('open')).toBe('');
  expect(complaints).toEqual([]);
  expect(await readFile(join(dir, 'out', 'compare.md'), 'utf8')).toContain('### Got worse');
});
