import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reproductionPage } from '../../../harness/report/reproduction/page/page.ts';
import { mended } from '../../reproduce/_result.ts';
import { ReportInBrowser } from '../report-in-browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OPTIONS = {
  version: '0.1.0',
  files: [['remedy.patch', 'the change']],
} as const;

describe('the page of a case that was stood up, in Chromium', () => {
  let report: ReportInBrowser;
  beforeAll(async () => {
    report = await ReportInBrowser.ofHtml(reproductionPage(mended(), OPTIONS));
  });
  afterAll(() => report?.close());

  it('says symptom, cause, change and commands, and draws what happened before and after', async () => {
    await using opened = await report.open({ watching: '#case-2 svg' });
    const { page, complaints } = opened;
    await opened.firstSeen();
    expect(await page.locator('h1').textContent()).toBe('Reproduced: the same symptom. A remedy is proved.');
    expect(await page.locator('.remedy').textContent()).toContain('http-proxy.conf:1, systemd/wrong-section');
    expect(await page.locator('.code').first().textContent()).toContain('-[Servce]\n+[Service]');
    expect(await page.locator('.code b').allTextContents()).toEqual(['i']);
    expect(await page.locator('.code').nth(1).textContent()).toContain('systemctl restart docker');
    expect(await page.locator('#case-1 .row.bad text').allTextContents()).toContain(
      'BYPASS TLS to registry-1.docker.io → registry-1.docker.io:443',
    );
    expect(await page.locator('#case-1 .evidence').count()).toBe(1);
    expect(await page.locator('#case-2 .tunnel').count()).toBe(1);
    expect(await page.locator('.ways-table tbody tr').first().textContent()).toBe(
      'registry-1.docker.io✗ directly: nobody answers there✓ by the proxy',
    );
    await page.locator('#case-2 .row.arrow').first().click();
    expect(await page.locator('#case-2 .panel').textContent()).toContain('CONNECT registry-1.docker.io:443');
    expect(complaints).toEqual([]);
  });

  it.each([
    ['side by side', 1400, 'light'],
    ['one below the other', 375, 'dark'],
  ] as const)(
    'has both pictures %s at %i pixels, and nothing that axe-core calls serious',
    async (how, width, colorScheme) => {
      await using opened = await report.open({ width, colorScheme, watching: '#case-2 svg' });
      const { page } = opened;
      await opened.firstSeen();
      const [first, second] = await page
        .locator('details.case')
        .evaluateAll((all) => all.map((each) => each.getBoundingClientRect()));
      expect((second?.top ?? 0) > (first?.top ?? 0)).toBe(how === 'one below the other');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    },
  );
});

describe('the page of a case', () => {
  it('has one picture where nothing is proved, and what may mend it', () => {
    const { proof: _, ...result } = mended();
    const html = reproductionPage(result, OPTIONS);
    expect(html).toContain('What may mend it');
    expect(html.match(/<details class="case"/g)).toHaveLength(1);
    expect(html).toContain('<header class="bad">');
  });

  it('that works here has neither cause nor change', () => {
    const { proof: _, ...result } = mended();
    const html = reproductionPage(
      { ...result, comparison: { verdict: 'works-here' }, trial: { steps: result.trial.steps.slice(0, 1) } },
      OPTIONS,
    );
    expect(html).toContain('<header class="good">');
    expect(html).not.toContain('<h2 id="cause">');
  });
});
