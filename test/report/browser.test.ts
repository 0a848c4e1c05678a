import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bigRun } from './big-run.ts';
import { type Opened, ReportInBrowser } from './report-in-browser.ts';

let report: ReportInBrowser;

beforeAll(async () => {
  report = await ReportInBrowser.of(bigRun());
});

afterAll(() => report?.close());

const open = (colorScheme: 'light' | 'dark' = 'light', hash = ''): Promise<Opened> =>
  report.open({ colorScheme, hash });

const shapes = async (page: Page, selector: string): Promise<number[]> =>
  page.locator(selector).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));

describe('report.html in Chromium', () => {
  it.each(['light', 'dark'] as const)('opens without errors and without network in %s', async (scheme) => {
    await using opened = await open(scheme);
    const { page, complaints } = opened;
    expect(await page.locator('h1').textContent()).toContain('does not behave as profile 14.10 asks');
    const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(18, 22, 29)');
    await page.locator('a.cell').nth(40).click();
    expect(complaints).toEqual([]);
  });

  it('opens failures from the start, with their arrows, evidence and the stated reset time', async () => {
    await using opened = await open();
    const failing = opened.page.locator('#case-1');
    expect(await failing.getAttribute('open')).not.toBeNull();
    expect(await failing.locator('.row.arrow').count()).toBe(12);
    expect(await failing.locator('.evidence').count()).toBe(2);
    expect(await failing.locator('.mark text').textContent()).toBe('stated reset time');
    expect(await failing.locator('svg').first().textContent()).toBe('subjectproxygitlab');
    expect(await failing.locator('.row.limit text').allTextContents()).toContain('429 · RateLimit-ResetTime +3 s');
  });

  it('opens a case whose cell is clicked, and draws it only then', async () => {
    await using opened = await open();
    const { page } = opened;
    const tunnelled = page.locator('#case-2');
    expect(await tunnelled.locator('svg').count()).toBe(0);
    await page.locator('a.cell[href="#case-2"]').click();
    await expect.poll(() => tunnelled.locator('svg').count()).toBe(2);
    expect(await tunnelled.getAttribute('open')).not.toBeNull();
    expect(await tunnelled.locator('.tunnel rect').count()).toBe(1);
    expect(await tunnelled.locator('.row.arrow.limit text').allTextContents()).toContain(
      '407 · asks for Basic · made by the proxy',
    );
    const top = await tunnelled.evaluate((element) => element.getBoundingClientRect().top);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(200);
  });

  it('opens the case that an address names', async () => {
    await using opened = await open('light', '#case-4');
    await expect.poll(() => opened.page.locator('#case-4 .wait rect').count()).toBe(6);
  });

  it('draws waits as long as they were', async () => {
    await using opened = await open('light', '#case-4');
    const { page } = opened;
    await expect.poll(() => page.locator('#case-4 .wait rect').count()).toBe(6);
    const heights = await shapes(page, '#case-4 .wait rect');
    const lengths = await page
      .locator('#case-4 .wait')
      .evaluateAll((all) => all.map((each) => Number(each.getAttribute('data-ms'))));
    expect(lengths.filter((ms) => Math.abs(ms - 60_000) < 100)).toHaveLength(5);
    const scale = (heights[0] ?? 0) / (lengths[0] ?? 1);
    expect(scale).toBeGreaterThan(0);
    heights.forEach((height, index) => {
      expect(height / (lengths[index] ?? 1) / scale).toBeCloseTo(1, 2);
    });
    expect(await page.locator('#case-4 .wait text').first().textContent()).toBe('waited 60.0 s');
  });

  it('draws a bypass as a red arrow to the tripwire', async () => {
    await using opened = await open();
    const arrow = opened.page.locator('#case-3 .row.arrow.bad', { hasText: 'BYPASS' });
    expect(await arrow.count()).toBe(1);
    const first = "document.querySelector('#case-3 .row.arrow.bad line')";
    const stroke = await opened.page.evaluate(`getComputedStyle(${first}).stroke`);
    expect(stroke).toBe('rgb(179, 38, 30)');
    expect(await opened.page.locator('#case-3 .name.tripwire').count()).toBe(1);
    expect(await opened.page.locator('#case-3 .fault rect').count()).toBe(1);
  });

  it('shows the head of a request when its arrow or its number is chosen', async () => {
    await using opened = await open();
    const failing = opened.page.locator('#case-1');
    await failing.locator('.row.arrow.limit').first().click();
    expect(await failing.locator('.panel').textContent()).toContain(
      'RateLimit-ResetTime: Mon, 02 Mar 2026 10:20:34 GMT',
    );
    await failing.locator('.close').click();
    expect(await failing.locator('.panel').isVisible()).toBe(false);
    await failing.locator('button.seq').last().click();
    expect(await failing.locator('.panel').textContent()).toContain('POST /api/v4/jobs/request HTTP/1.1');
    expect(await failing.locator('.row.chosen').count()).toBe(1);
    await failing.locator('details.events > summary').click();
    await expect.poll(() => failing.locator('.event').count()).toBe(27);
  });

  it('has every cell and every word of an outcome where a reader sees it, whatever the outcome', async () => {
    await using opened = await open();
    const { page } = opened;
    for (const outcome of ['pass', 'fail', 'warn', 'info', 'skip', 'blocked', 'error']) {
      for (const place of [`.family .cell.${outcome}`, `.tools .cell.${outcome}`, `summary > .word.${outcome}`]) {
        const box = await page.locator(place).first().boundingBox();
        expect(box?.x, place).toBeGreaterThanOrEqual(0);
        expect(box?.width, place).toBeGreaterThan(10);
      }
    }
  });

  it.each([1400, 1900, 2600])('cuts nothing while a third of the width is empty: %d pixels', async (width) => {
    await using opened = await report.open({ width, hash: '#case-2' });
    const { page } = opened;
    await page.locator('#case-2 .row').first().waitFor();
    const main = await page.locator('#case-2').boundingBox();
    expect(main?.width).toBeGreaterThan((width * 2) / 3);
    const cut = await page.evaluate(`[...document.querySelectorAll('thead th, thead th span, .chip, tbody th')]
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0).map((each) => each.textContent)`);
    expect(cut).toEqual([]);
    // What ends in an ellipsis must end in the last third.
    const short = await page.evaluate(`[...document.querySelectorAll('.row text, .chip, thead span, .brief')]
      .filter((each) => each.textContent.endsWith('…'))
      .filter((each) => each.getBoundingClientRect().right < (each.closest('.picture') ?? document.body).getBoundingClientRect().right * 2 / 3)
      .map((each) => each.textContent)`);
    expect(short).toEqual([]);
  });

  it('has rows of the matrix that can be read at 375 pixels', async () => {
    await using opened = await report.open({ width: 375, height: 800 });
    const { page } = opened;
    const names = page.locator('tbody th');
    for (const name of await names.all()) {
      const box = await name.boundingBox();
      expect(box?.width, (await name.textContent()) ?? '').toBeGreaterThan(100);
      expect(box?.width).toBeLessThan(190);
    }
    expect(await names.count()).toBeGreaterThan(10);
  });

  it('keeps a word of a log that is longer than 375 pixels within them', async () => {
    await using opened = await report.open({ width: 375, height: 800 });
    const { page } = opened;
    const line = 'failed'.repeat(60);
    await page.evaluate(
      `document.querySelector('#case-1 .inside').insertAdjacentHTML('afterbegin', '<ul class="findings"><li>${line}</li></ul>')`,
    );
    expect(await page.locator('#case-1 .findings li').first().isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
  });

  it('filters by outcome and by words', async () => {
    await using opened = await open();
    const { page } = opened;
    const shown = () => page.locator('details.case:visible').count();
    await page.locator('[data-filter=info]').click();
    expect(await shown()).toBe(18);
    expect(await page.locator('#shown').textContent()).toBe('18 of 350 cases');
    expect(await page.locator('a.cell:not(.dim)').count()).toBe(18);
    await page.locator('[data-filter=info]').click();
    await page.locator('[data-filter=unexpected]').click();
    expect(await shown()).toBe(5);
    await page.locator('[data-filter=unexpected]').click();
    await page.locator('#search').fill('docker EXECUTOR trace');
    await expect.poll(shown).toBe(0);
    await page.locator('#search').fill('docker EXECUTOR upload');
    await expect.poll(shown).toBe(30);
    await page.locator('a.cell[href="#case-2"]').click();
    await expect.poll(shown).toBe(350);
  });
});
