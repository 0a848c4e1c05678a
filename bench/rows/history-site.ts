import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '../../test/chromium.ts';
import { writtenHistory } from '../../test/report/history/made-site.ts';
import { manyRuns } from '../../test/report/history/many-runs.ts';
import { proxyproof } from '../measure/command.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Row } from '../row.ts';

const MOST_SECONDS = 10;
const MOST_PAINT_SECONDS = 1;
const MOST_MB = 2;
const AMOUNTS = { runs: 200, scenarios: 160, cases: 1500 } as const;
const TIMES = 3;

export const historySite: Row = {
  name: 'history-site',
  what: `\`proxyproof history site\` of ${AMOUNTS.runs} runs of ${AMOUNTS.cases} cases; first paint and size of its first page`,
  target: `≤ ${MOST_SECONDS} s, ≤ ${MOST_PAINT_SECONDS} s, ≤ ${MOST_MB} MB`,
  measure: async ({ say }) => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-history-'));
    try {
      await writtenHistory(join(dir, 'history'), manyRuns(AMOUNTS));
      const site = join(dir, 'site');
      const made: number[] = [];
      const cpu: number[] = [];
      for (let time = 0; time < TIMES; time++) {
        say(`site ${time + 1} of ${TIMES}`);
        const args = ['history', 'site', site, '--from', join(dir, 'history')];
        const { seconds, cpuSeconds, exitCode, stderr } = await proxyproof(args, 120_000);
        if (exitCode !== 0) throw new Error(`proxyproof history site failed: ${stderr}`);
        made.push(seconds);
        if (cpuSeconds !== undefined) cpu.push(cpuSeconds);
      }
      const page = await firstPage(join(site, 'index.html'));
      const [seconds, paint, cells] = [median(made), median(page.paint), median(page.cells)];
      const megabytes = (await stat(join(site, 'index.html'))).size / 1e6;
      const files = (await readdir(site, { recursive: true })).length;
      return {
        measured: `${seconds.toFixed(1)} s, ${paint.toFixed(2)} s, ${megabytes.toFixed(2)} MB`,
        reached: seconds <= MOST_SECONDS && paint <= MOST_PAINT_SECONDS && megabytes <= MOST_MB,
        notes: [
          `median of ${TIMES}, ${spread(made)} s; CPU time ${median(cpu).toFixed(1)} s; ${files} files`,
          `first paint ${spread(page.paint)} s; the matrix is there after ${cells.toFixed(2)} s`,
        ],
      };
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },
};

/** When a browser that is fresh each time shows the page, and when the matrix, in seconds. */
async function firstPage(file: string): Promise<{ paint: number[]; cells: number[] }> {
  await using browser = await launchChromium();
  const [paint, cells]: [number[], number[]] = [[], []];
  for (let time = 0; time < TIMES; time++) {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(`file://${file}`);
    await page.locator('a.cell').first().waitFor();
    cells.push((await page.evaluate<number>('performance.now()')) / 1000);
    const first = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    paint.push(((await page.evaluate<number | undefined>(first)) ?? Number.NaN) / 1000);
    await page.close();
  }
  return { paint, cells };
}
