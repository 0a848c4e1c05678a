import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../../../harness/clock/index.ts';
import { type LabServer, LiveLab, labPage, readDeclaration, serveLab } from '../../../harness/serve/index.ts';
import { createRunContext } from '../../../harness/world/index.ts';
import { LabBrowser, valueIn } from './lab-in-browser.ts';
import { TOKEN } from './stand-in-lab.ts';

const WORLD = `
world:
  proxy: { kind: basic, auth: { scheme: basic } }
  gitlab: { repositories: [{ path: group/project }], longPollMs: 1000 }
`;
const RUNNER = new URL('../../../harness/runner/reference/program/main.ts', import.meta.url).pathname;

let browser: LabBrowser;
let dir: string;
let stack: AsyncDisposableStack;
let lab: LiveLab;
let served: LabServer;

beforeAll(async () => {
  stack = new AsyncDisposableStack();
  browser = await LabBrowser.launch();
  stack.defer(() => browser.close());
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-lab-page-'));
  stack.defer(() => rm(dir, { recursive: true, force: true }));
  const run = stack.use(await createRunContext());
  const declaration = readDeclaration(WORLD);
  lab = stack.use(await LiveLab.open({ declaration, clock: realClock(), run, version: '0.1.0', address: '127.0.0.1' }));
  served = stack.use(await serveLab(lab, { address: '127.0.0.1', token: TOKEN, page: labPage() }));
});

afterAll(() => stack?.disposeAsync());

/** The environment of a shell in which all is set that the lab says. */
const environment = (): Record<string, string> => {
  const proxy = lab.given.proxyUrl ?? '';
  return { http_proxy: proxy, https_proxy: proxy, HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: '' };
};

/** The reference runner with the config.toml that the page gives. */
async function startRunner(page: Page): Promise<AsyncDisposable> {
  const config = await page.locator('#paste-list li', { hasText: 'config.toml' }).locator('pre').textContent();
  const file = join(dir, 'config.toml');
  await writeFile(file, config ?? '');
  const runner = execa(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', RUNNER, 'run', '-c', file, '-d', dir],
    {
      env: environment(),
      reject: false,
      stdio: 'ignore',
    },
  );
  return {
    [Symbol.asyncDispose]: async () => {
      runner.kill('SIGTERM');
      await runner;
    },
  };
}

describe('the page of a real lab', () => {
  it('runs a job by the poll of a runner, and shows what of it crossed the wire', async () => {
    await using opened = await browser.look(served.url);
    const { page, complaints } = opened;
    await page.locator('.link.live').waitFor();
    await page.locator('#job-script').fill('echo "hello from the page"');
    await page.getByRole('button', { name: 'Queue the job' }).click();
    await expect.poll(() => page.locator('#jobs .brief').textContent()).toBe('1 pending');
    await using _ = await startRunner(page);
    await expect.poll(() => page.locator('#job-list .word').textContent()).toBe('success');
    expect(await page.locator('#job-list pre').textContent()).toContain('hello from the page');
    const rows = page.locator('#picture .row', { hasText: 'POST /api/v4/jobs/request' });
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(2);
    expect(complaints).toEqual([]);
  });

  it('switches a fault on, which then strikes', async () => {
    await using opened = await browser.look(served.url);
    const { page } = opened;
    await page.locator('#fault-kind').selectOption('answer');
    await page.locator('#fault-status').fill('503');
    await page.locator('#faults').getByRole('button', { name: 'Switch on' }).click();
    await expect.poll(() => page.locator('#faults .brief').textContent()).toBe('1 on, struck 0 times');
    await execa('curl', ['-sS', `${lab.given.gitlabUrl}/struck`], { env: environment() });
    await expect.poll(() => page.locator('#faults .brief').textContent()).toBe('1 on, struck once');
    await page.locator('#by-status').selectOption('5xx');
    await page.locator('#by-words').fill('struck');
    await page.locator('#picture .row', { hasText: '503' }).last().click();
    await expect.poll(() => page.locator('#panel').textContent()).toContain('GET http://gitlab.test');
    await page.getByRole('button', { name: 'Switch off answer at the proxy' }).click();
    await expect.poll(() => page.locator('#faults .brief').textContent()).toBe('none');
  });

  it('queues the jobs of a file that is dropped on it', async () => {
    await using opened = await browser.look(served.url);
    const { page } = opened;
    await page.locator('.link.live').waitFor();
    const text = 'stages: [test]\nunit:\n  stage: test\n  script:\n    - echo unit\n';
    await valueIn(
      page,
      `(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([${JSON.stringify(text)}], '.gitlab-ci.yml'));
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
      })()`,
    );
    await expect.poll(() => page.locator('#jobs .said').textContent()).toContain('Queued: unit.');
    await expect.poll(() => page.locator('#job-list strong').first().textContent()).toBe('unit');
  });
});
