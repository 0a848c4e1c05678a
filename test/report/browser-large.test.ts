import { cpus, loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers } from '../chromium.ts';
import { largeRun } from './large-run.ts';
import { ReportInBrowser, type View } from './report-in-browser.ts';

const NARROW: View = { width: 375, height: 800 };

let report: ReportInBrowser;

beforeAll(async () => {
  report = await ReportInBrowser.of(largeRun());
});

afterAll(() => report?.close());

/** Opens an arrow's headers in the first failure. */
async function openHeaders(page: Page): Promise<void> {
  await page.locator('#case-1 .row.arrow').nth(2).click();
  await page.locator('#case-1 .panel').waitFor();
}

/** Where the focus is; the line of a case is called that, and whether it is open. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const at = document.activeElement;
    const owner = at.closest('details.case');
    if (owner !== null && at.parentNode === owner) return (owner.open ? 'open line ' : 'line ') + owner.id;
    return [at.localName, owner?.id, at.getAttribute('class'), at.id].filter(Boolean).join(' ');
  })()`);

/** Presses a key until the focus is where it should be. */
async function pressUntil(page: Page, key: string, place: RegExp, most = 40): Promise<string> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (place.test(now)) return now;
  }
  throw new Error(`${most} times ${key} did not bring the focus to ${place}; it is at ${await focused(page)}`);
}

describe('report.html of 1,500 cases with 800 failures', () => {
  // Each width once, and each look: axe-core takes half a minute for a page of this size, and the two do not depend on each other.
  it.each<[string, View]>([
    ['on a desktop', {}],
    ['in dark at 375 pixels', { ...NARROW, colorScheme: 'dark', hash: '#only=fail' }],
  ])(
    'has nothing that axe-core calls serious: %s',
    async (_, view) => {
      await using opened = await report.open(view);
      const { page, complaints } = opened;
      await openHeaders(page);
      expect(await barriers(page)).toEqual([]);
      await page.locator('[data-filter=fail]').click();
      expect(await barriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
    600_000,
  );

  it('shows the first failure, its picture drawn, after a second at most', async () => {
    const times: { afterMs: number; workedMs: number }[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      await using opened = await report.open({ watching: '#case-1 .row.arrow' });
      times.push(await opened.firstSeen());
    }
    expect(Math.min(...times.map(({ workedMs }) => workedMs))).toBeLessThanOrEqual(1000);
    // Where programs wait for a processor, how long it took says more of the others than of the page.
    const isBusy = (loadavg()[0] ?? 0) > cpus().length;
    if (!isBusy) expect(Math.min(...times.map(({ afterMs }) => afterMs))).toBeLessThanOrEqual(1000);
  });

  it('is used by keyboard alone: to a failure, its arrows, their headers, and back', async () => {
    await using opened = await report.open({ hash: '#only=fail' });
    const { page } = opened;
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('a skip-link');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('h2 wrong');
    await pressUntil(page, 'Tab', /^open line case-1$/);
    await pressUntil(page, 'Tab', /^g case-1 row/);
    const next = await pressUntil(page, 'Tab', /^line case-\d+$/);
    await page.keyboard.press('Enter');
    const id = next.split(' ').at(-1) ?? '';
    await page.locator(`#${id} .row`).first().waitFor();
    await pressUntil(page, 'Tab', new RegExp(`^g ${id} row`));
    const arrow = await pressUntil(page, 'ArrowDown', new RegExp(`^g ${id} row arrow`));
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe(`div ${id} panel`);
    expect(await page.locator(`#${id} .panel`).textContent()).toContain('Host: gitlab.test');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator(`#${id} .panel`).isVisible()).toBe(false);
    expect(await focused(page)).toBe(arrow);
    await pressUntil(page, 'Shift+Tab', new RegExp(`^open line ${id}$`));
    await page.keyboard.press('Enter');
    expect(await page.locator(`#${id}`).getAttribute('open')).toBeNull();
  });

  it('lets arrow keys go on with the headers open, which follow', async () => {
    await using opened = await report.open();
    const { page } = opened;
    await openHeaders(page);
    const panel = page.locator('#case-1 .panel');
    const before = await panel.textContent();
    await page.locator('#case-1 .row.chosen').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => panel.textContent()).not.toBe(before);
    expect(await focused(page)).toMatch(/^g case-1 row .*chosen$/);
  });

  it('names every arrow: when, from whom to whom, and what', async () => {
    await using opened = await report.open();
    const rows = opened.page.locator('#case-1 .row.arrow');
    await rows.first().waitFor();
    const name = /^\d+\.\d+ s, (subject to proxy|proxy to gitlab|gitlab to proxy|proxy to subject): (POST|429|204) /;
    const named = opened.page.locator('#case-1').getByRole('button', { name });
    expect(await named.count()).toBe(await rows.count());
  });

  it('shows headers beside the picture, in sight wherever the arrow is', async () => {
    await using opened = await report.open();
    const { page } = opened;
    await page.locator('#case-1 .row.arrow').last().click();
    const [panel, picture] = [
      await page.locator('#case-1 .panel').boundingBox(),
      await page.locator('#case-1 .picture').boundingBox(),
    ];
    if (!panel || !picture) throw new Error('The panel or the picture is not shown.');
    expect(panel.x).toBeGreaterThanOrEqual(picture.x + picture.width);
    expect(panel.y).toBeGreaterThanOrEqual(0);
    expect(panel.y + 200).toBeLessThanOrEqual(1000);
    expect(panel.x + panel.width).toBeLessThanOrEqual(1400);
  });

  it('has the arrows of subject and proxy in sight at 375 pixels, and the length of each wait', async () => {
    await using opened = await report.open(NARROW);
    const { page } = opened;
    const picture = await page.locator('#case-1 .picture').boundingBox();
    const proxy = await page.locator('#case-1 .name.proxy').boundingBox();
    expect((proxy?.x ?? 0) + (proxy?.width ?? 0)).toBeLessThanOrEqual((picture?.x ?? 0) + (picture?.width ?? 0));
    const waits = page.locator('#case-1 .wait');
    expect(await waits.locator('text').first().textContent()).toMatch(/^\d+(\.\d+)? s$/);
    expect(await waits.locator('title').first().textContent()).toMatch(/^(waited|nothing for|no answer for) \d/);
    for (const text of await waits.locator('text').all()) {
      // Times stand left of it, each with 62 pixels.
      expect((await text.boundingBox())?.x).toBeGreaterThanOrEqual((picture?.x ?? 0) + 62);
    }
  });

  it('fits into 375 pixels: the bar covers no title, and the headers not their arrow', async () => {
    await using opened = await report.open({ ...NARROW, hash: '#case-31' });
    const { page } = opened;
    await page.locator('#case-31 .row').first().waitFor();
    await expect.poll(() => focused(page)).toBe('open line case-31');
    const bar = await page.locator('.tools').boundingBox();
    const title = await page.locator('#case-31 > summary').boundingBox();
    expect(title?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
    expect(title?.y).toBeLessThan(200);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
    await page
      .locator('#case-31 .row.arrow')
      .nth(6)
      .click({ position: { x: 100, y: 8 } });
    const panel = await page.locator('#case-31 .panel').boundingBox();
    const chosen = await page.locator('#case-31 .row.chosen').boundingBox();
    expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual(801);
    expect((chosen?.y ?? 0) + (chosen?.height ?? 0)).toBeLessThanOrEqual(panel?.y ?? 0);
    expect(chosen?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
  });

  it('keeps what is shown in the address, and goes back to it', async () => {
    await using opened = await report.open();
    const { page } = opened;
    const shown = (of: Page) => of.locator('#shown').textContent();
    await page.locator('[data-filter=info]').click();
    await page.locator('#search').fill('squid');
    await expect.poll(() => page.url()).toContain('#only=info&find=squid');
    const count = await shown(page);
    expect(count).toMatch(/^\d\d of 1500 cases$/);
    await page.locator('a.cell:not(.dim)').first().click();
    await expect.poll(() => page.url()).toMatch(/#case-\d+&only=info&find=squid$/);
    await using again = await report.open({ hash: new URL(page.url()).hash });
    await expect.poll(() => shown(again.page)).toBe(count);
    await expect.poll(() => focused(again.page)).toBe(await focused(page));
    expect(await focused(page)).toMatch(/^open line case-\d+$/);
    await page.goBack();
    await expect.poll(() => page.url()).toMatch(/#only=info&find=squid$/);
    expect(await shown(page)).toBe(count);
    expect(opened.complaints).toEqual([]);
  });

  it('has its headings in order', async () => {
    await using opened = await report.open();
    const { page } = opened;
    await openHeaders(page);
    const levels = await page
      .locator('h1, h2, h3, h4, h5, h6')
      .evaluateAll((all) => all.map((each) => Number(each.localName.slice(1))));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it('can be read without scripts: the verdict, and of each failure what was expected and observed', async () => {
    await using opened = await report.open({ javaScriptEnabled: false });
    const { page } = opened;
    expect(await page.locator('h1').textContent()).toContain('800 of 1500 cases');
    expect(await page.locator('noscript p').isVisible()).toBe(true);
    const failures = page.locator('details.case[data-unexpected]');
    expect(await failures.count()).toBe(800);
    const last = failures.last();
    await last.locator('summary').click();
    expect(await last.locator('.inside').textContent()).toMatch(/Requirement.*Expected.*Observed.*too early.*Again/s);
  });
});
