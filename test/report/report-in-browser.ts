import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { Results } from '../../harness/conformance/outcome.ts';
import type { LedgerEvent } from '../../harness/ledger/index.ts';
import { reportHtml } from '../../harness/report/html/index.ts';
import { complaintsOf, launchChromium } from '../chromium.ts';

/** How a reader looks at the report. */
export interface View {
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** With its `#`. */
  readonly hash?: string;
  readonly javaScriptEnabled?: boolean;
  /** A selector: when what it names is first shown is measured. */
  readonly watching?: string;
}

/** A page that shows the report. */
export interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** Errors of the page and what it asked of any network. */
  readonly complaints: string[];
  /**
   * When what was watched for was drawn, in milliseconds after the start, and how long the page's thread had worked soon
   * after: that is the same on a machine with other work.
   */
  firstSeen(): Promise<{ afterMs: number; workedMs: number }>;
}

/** The report of a run as a file, in a real browser. */
export class ReportInBrowser {
  readonly url: string;
  readonly #browser: Browser;
  readonly #dir: string;

  private constructor(browser: Browser, dir: string) {
    this.#browser = browser;
    this.#dir = dir;
    this.url = pathToFileURL(join(dir, 'report.html')).href;
  }

  /** @throws when there is no Chromium */
  static of({ results, events }: { results: Results; events: readonly LedgerEvent[] }): Promise<ReportInBrowser> {
    return ReportInBrowser.ofHtml(reportHtml(results, events));
  }

  /** Any page that is one file. @throws when there is no Chromium */
  static async ofHtml(html: string): Promise<ReportInBrowser> {
    const browser = await launchChromium();
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-browser-'));
    await writeFile(join(dir, 'report.html'), html);
    return new ReportInBrowser(browser, dir);
  }

  async open({
    colorScheme = 'light',
    width = 1400,
    height = 1000,
    hash = '',
    javaScriptEnabled = true,
    watching = 'body',
  }: View = {}): Promise<Opened> {
    const page = await this.#browser.newPage({ viewport: { width, height }, colorScheme, javaScriptEnabled });
    const complaints = complaintsOf(page);
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== this.url) complaints.push(`asked for ${request.url()}`);
    });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.addInitScript(`(() => {
      const look = () => {
        if (!document.querySelector(${JSON.stringify(watching)})) return requestAnimationFrame(look);
        // The frame after this one has been drawn by then.
        requestAnimationFrame(() => setTimeout(() => { window.firstSeen = performance.now(); }));
      };
      look();
    })()`);
    await page.goto(this.url + hash);
    const firstSeen = async (): Promise<{ afterMs: number; workedMs: number }> => {
      let afterMs: number | undefined;
      // The page's policy forbids Playwright's own way of waiting for an expression.
      while (afterMs === undefined) afterMs = await page.evaluate<number | undefined>('window.firstSeen');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const worked = metrics.find(({ name }) => name === 'TaskDuration')?.value;
      return { afterMs, workedMs: (worked ?? Number.NaN) * 1000 };
    };
    return { page, complaints, firstSeen, [Symbol.asyncDispose]: () => page.close() };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await rm(this.#dir, { recursive: true, force: true });
  }
}
