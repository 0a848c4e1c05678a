import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSite } from '../../../harness/report/history/site/write-site.ts';
import { barriers, complaintsOf, launchChromium } from '../../chromium.ts';
import { writtenHistory } from './made-site.ts';
import { manyRuns } from './many-runs.ts';

let browser: Browser;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-history-'));
  await writtenHistory(join(dir, 'history'), manyRuns({ runs: 12, scenarios: 45, cases: 90 }));
  await writeSite(join(dir, 'history'), join(dir, 'site'));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await rm(dir, { recursive: true, force: true });
});

interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** A page of the site, from its folder: nothing but that file may be asked for. */
async function open(file: string, { width = 1400, colorScheme = 'light' as 'light' | 'dark' } = {}): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  const complaints = complaintsOf(page);
  const site = pathToFileURL(join(dir, 'site')).href;
  page.on('request', (request) => {
    if (!request.url().startsWith(site)) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(`${site}/${file}`);
  return { page, complaints, [Symbol.asyncDispose]: () => page.close() };
}

const rows = (page: Page): Promise<number> => page.locator('table.history tbody tr').count();

describe('the site of a history in Chromium', () => {
  it('searches while somebody types, has an address for it, and says what is wrong', async () => {
    await using opened = await open('index.html');
    const { page } = opened;
    await expect.poll(() => rows(page)).toBe(45);
    await page.fill('#query', 'outcome:fail version:>=18');
    await expect.poll(() => page.locator('#found').textContent()).toMatch(/^\d+ of \d+ results: \d requirements, /);
    expect(await rows(page)).toBeLessThan(45);
    expect(await page.locator('table.history .labels th').allTextContents()).not.toContain('17.5.5');
    await expect.poll(() => page.evaluate('location.hash')).toBe('#q=outcome%3Afail+version%3A%3E%3D18');
    const shown = await rows(page);
    await page.fill('#query', 'outcom:fail');
    await expect.poll(() => page.locator('#wrong-query').textContent()).toContain('Did you mean outcome:?');
    expect(await rows(page)).toBe(shown);
    await page.fill('#query', '');
    await expect.poll(() => rows(page)).toBe(45);
    expect(await page.locator('#wrong-query').isVisible()).toBe(false);
    expect(opened.complaints).toEqual([]);
  });

  it('opens a cell by the keyboard alone', async () => {
    await using opened = await open('index.html#q=outcome:fail');
    const { page } = opened;
    await page.locator('table.history').first().waitFor();
    const focused = (what: string): Promise<string | null> => page.evaluate(`document.activeElement?.${what} ?? null`);
    for (let presses = 0; presses < 30 && !(await focused('className'))?.startsWith('cell'); presses++)
      await page.keyboard.press('Tab');
    const first = await focused('href');
    await page.keyboard.press('ArrowRight');
    const next = await focused('href');
    expect(next).not.toBe(first);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await focused('href')).toBe(next);
    expect(await focused('title')).toMatch(/gitlab-runner .*: \d+ /);
    await page.keyboard.press('Enter');
    await page.waitForURL(next ?? '');
    const target = page.locator('section.standing:target');
    expect(await target.textContent()).toContain('gitlab-runner');
    expect((await target.boundingBox())?.y).toBeLessThan(900);
    expect(opened.complaints).toEqual([]);
  });

  it.each([
    ['index.html', 1400, 'light'],
    ['index.html#q=fail', 375, 'dark'],
    ['requirements/cntlm/keeps-promise-044.html', 375, 'dark'],
    ['subjects/gitlab-runner-19.3.0.html', 1400, 'light'],
    ['trends/gitlab-runner-profile-14.10.html', 375, 'light'],
  ] as const)('shows %s at %i pixels in %s without a barrier', async (file, width, colorScheme) => {
    await using opened = await open(file, { width, colorScheme });
    const { page } = opened;
    if (file.startsWith('index')) await page.locator('a.cell').first().waitFor();
    await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(18, 22, 29)');
    expect(await barriers(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });

  it('needs no more width than a phone has', async () => {
    for (const file of [
      'index.html',
      'bugs.html',
      'trends.html',
      'changes.html',
      'requirements/cntlm/keeps-promise-044.html',
    ]) {
      await using opened = await open(file, { width: 375 });
      expect(await opened.page.evaluate('document.documentElement.scrollWidth'), file).toBe(375);
    }
  });
});
