import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { matrixOf, matrixPage } from '../../../harness/report/matrix/index.ts';
import { barriers, complaintsOf, launchChromium } from '../../chromium.ts';
import { answer, caseOf, fails, holds, resultsOf } from './_runs.ts';

let browser: Browser;
let dir: string;

beforeAll(async () => {
  browser = await launchChromium();
  dir = await mkdtemp(join(tmpdir(), 'matrix-'));
  const runs = [0, 1, 2].map((version) => {
    const body = version === 0 ? fails('the same body again', 'no body') : holds('the same body again');
    const outcomes = [
      caseOf('git/hook', holds('it runs')),
      caseOf('rate-limit/x[body=json]', body),
      caseOf('rate-limit/x[body=text]', body),
      caseOf('rate-limit/m', answer(`again after ${5 * version}.0 s, 4 requests in 10.0 s`)),
    ];
    return { results: resultsOf(`17.${version}.0`, outcomes), report: `runs/${version}/report.html` };
  });
  await writeFile(join(dir, 'index.html'), matrixPage(matrixOf(runs), '0.1.0'));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  if (dir) await rm(dir, { recursive: true });
});

it('a matrix opens requirements, groups and cases, filters, and has no barrier, also in dark at 375 pixels', async () => {
  const page = await browser.newPage({ viewport: { width: 375, height: 800 }, colorScheme: 'dark' });
  const complaints = complaintsOf(page);
  await page.goto(pathToFileURL(join(dir, 'index.html')).href);
  const row = page.locator('tbody.row', { hasText: 'rate-limit/x' });
  expect(await row.locator('tr:visible').count()).toBe(1);
  // By keyboard alone.
  await row.locator('button[data-opens=groups]').press('Enter');
  expect(await row.locator('tr.group').isVisible()).toBe(true);
  await row.locator('button[data-opens=cases]').press('Enter');
  expect(await row.locator('tr.case-row th').allTextContents()).toEqual([
    'rate-limit/x[body=json]',
    'rate-limit/x[body=text]',
  ]);
  expect(await row.locator('tr.case-row').nth(1).locator('a').nth(2).getAttribute('href')).toBe(
    'runs/2/report.html#case-3',
  );
  expect(await row.locator('td.turn.better').count()).toBeGreaterThan(0);
  await page.locator('.changes summary').first().press('Enter');
  await page.locator('details > summary', { hasText: 'that stay' }).click();
  expect(await barriers(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);

  const values = page.locator('.values td:last-child').first();
  for (const [what, least] of [
    [page.locator('#search'), 120],
    [values, 60],
  ] as const) {
    const box = await what.boundingBox();
    expect(box?.width).toBeGreaterThanOrEqual(least);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(375);
  }

  await page.locator('#only-changes').click();
  expect(await page.locator('tbody.row:visible').count()).toBe(2);
  await page.locator('#search').fill('hook');
  expect(await page.locator('#shown').textContent()).toBe('0 of 3 requirements');
  await row.locator('button[data-opens=groups]').evaluate((button) => (button as unknown as { click(): void }).click());
  expect(await row.locator('tr.case-row').count()).toBe(0);
  expect(complaints).toEqual([]);
}, 120_000);
