import { cpus, loadavg } from 'node:os';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers } from '../../chromium.ts';
import { focusedIn, LabBrowser, pressUntil, valueIn } from './lab-in-browser.ts';
import { Traffic } from './traffic.ts';

let browser: LabBrowser;

beforeAll(async () => {
  browser = await LabBrowser.launch();
});

afterAll(() => browser?.close());

const rows = (page: Page): Promise<number> => page.locator('#picture .row').count();
const isFollowing = (page: Page): Promise<string | null> => page.locator('#follow').getAttribute('aria-pressed');
const fromEnd = (page: Page): Promise<number> =>
  valueIn(page, '(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)(picture)');

/** So much traffic that it does not fit on a screen. */
function busy(traffic: Traffic, count = 20) {
  return Array.from({ length: count }, (_, at) => traffic.wait(50).forwarded(`/busy/${at}`, 200)).flat();
}

const FINDING = {
  id: 1,
  rule: 'around-the-proxy',
  says: 'git just went around the proxy.',
  advice: 'Set http_proxy in this shell.',
  seq: 2,
  times: 1,
  t: 10,
};

describe("the lab's page", () => {
  it('takes the token out of the address, keeps it for a reload, and says so where there is none', async () => {
    await using opened = await browser.open();
    const { page, lab, complaints } = opened;
    await page.locator('.link.live').waitFor();
    expect(page.url()).toBe(lab.url);
    await page.reload();
    await page.locator('.link.live').waitFor();
    expect(complaints).toEqual([]);
    await using without = await browser.open({ hash: '' });
    await expect.poll(() => without.page.locator('#banner').textContent()).toContain('lacks the token');
    await using wrong = await browser.open({ hash: '#token=wrong' });
    await expect.poll(() => wrong.page.locator('#banner').textContent()).toContain('The lab refuses this token');
    expect(await wrong.page.locator('#again').isVisible()).toBe(false);
  });

  it('draws what happens as it happens, and stays where the reader scrolled to', async () => {
    await using opened = await browser.open();
    const { page, lab, complaints } = opened;
    const traffic = new Traffic();
    await page.locator('.link.live').waitFor();
    await page.getByRole('link', { name: 'what to paste' }).click();
    expect(await page.locator('#paste-list').textContent()).toContain('export http_proxy=');
    lab.record(traffic.forwarded('/first', 200));
    await expect.poll(() => rows(page)).toBe(4);
    expect(await page.locator('#picture .names').textContent()).toBe('clientsproxygitlab');
    lab.record(busy(traffic));
    await expect.poll(() => rows(page)).toBe(84);
    await expect.poll(() => fromEnd(page)).toBeLessThan(2);
    await page.locator('#picture').hover();
    await page.mouse.wheel(0, -600);
    await expect.poll(() => isFollowing(page)).toBe('false');
    lab.record(traffic.forwarded('/later', 200));
    await expect.poll(() => page.locator('#newer').textContent()).toContain('10 after these');
    expect(await rows(page)).toBe(84);
    await page.locator('#follow').click();
    await expect.poll(() => rows(page)).toBe(88);
    await expect.poll(() => fromEnd(page)).toBeLessThan(2);
    await page.locator('#picture').hover();
    await page.mouse.wheel(0, -600);
    await expect.poll(() => isFollowing(page)).toBe('false');
    await page.mouse.wheel(0, 6000);
    await expect.poll(() => isFollowing(page)).toBe('true');
    expect(complaints).toEqual([]);
  });

  it('shows a request whole: headers, bodies and the answer', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    const hostile = 'evil/1"><img id=evil src=x onerror=alert(1)>';
    lab.record(new Traffic().forwarded('/api/v4/jobs/request', 429, hostile));
    await page.locator('#picture .row').first().click();
    const panel = page.locator('#panel');
    await expect.poll(() => panel.locator('h4').allTextContents()).toHaveLength(3);
    const text = (await panel.textContent()) ?? '';
    expect(text).toContain('Answer after0.014 s');
    expect(text).toContain('Proxy-Authorization: Basic «proxy-password»');
    expect(text).toContain('429 Too Many Requests');
    expect(text).toContain(`User-Agent: ${hostile}`);
    expect(await page.locator('#evil').count()).toBe(0);
    expect(text).toContain('31 B{\n  "path": "/api/v4/jobs/request"\n}');
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.isVisible()).toBe(false);
    expect(await focusedIn(page)).toBe('2');
  });

  it('filters by client, host, status and words', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    const traffic = new Traffic();
    lab.record([
      ...traffic.forwarded('/group', 200),
      ...traffic.forwarded('/api', 502, 'curl/8.5.0'),
      ...traffic.forwarded('/v2/', 200, 'docker/28.5.2', 'registry.test:5000', 'a manifest'),
      traffic.bypass(),
    ]);
    await expect.poll(() => rows(page)).toBe(13);
    await page.locator('#by-status').selectOption('wrong');
    await expect.poll(() => rows(page)).toBe(4);
    expect(await page.locator('#shown').textContent()).toBe('6 of 31 events');
    await page.locator('#clear').click();
    await expect.poll(() => rows(page)).toBe(13);
    await page.locator('#by-client').selectOption('git/2.39.5');
    await expect.poll(() => rows(page)).toBe(5);
    await page.locator('#by-host').selectOption('registry.test');
    await expect.poll(() => page.locator('#nothing').textContent()).toContain('No event is like');
    await page.locator('#clear').click();
    await page.locator('#by-words').fill('MANIFEST');
    await expect.poll(() => rows(page)).toBe(4);
  });

  it('says a finding aloud, with advice, and leads to the event that shows it', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    const traffic = new Traffic();
    lab.record(busy(traffic, 100));
    lab.change({ findings: [FINDING] });
    await expect.poll(() => page.locator('#announce').textContent()).toBe(`${FINDING.says} ${FINDING.advice}`);
    await page.locator('#announce').evaluate((each) => {
      each.textContent = '';
    });
    lab.change({ findings: [{ ...FINDING, times: 4 }] });
    await expect.poll(() => page.locator('#finding-list').textContent()).toContain('4 times');
    expect(await page.locator('#announce').textContent()).toBe('');
    await page.getByRole('button', { name: `Show event 2: ${FINDING.says}` }).click();
    await expect.poll(() => page.locator('#panel').textContent()).toContain('GET http://gitlab.test:8080/busy/0');
    expect(await isFollowing(page)).toBe('false');
    expect(await page.locator('#picture .evidence').count()).toBe(1);
  });

  it('goes on where it was after the connection is lost, and says so', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    const traffic = new Traffic();
    lab.record(traffic.forwarded('/before', 200));
    await expect.poll(() => rows(page)).toBe(4);
    await page.route('**/api/events', (route) => route.abort());
    lab.cut();
    await expect.poll(() => page.locator('#banner').textContent()).toContain('The connection to the lab is lost');
    lab.record(traffic.forwarded('/meanwhile', 200));
    await page.unroute('**/api/events');
    await page.locator('#again').click();
    await expect.poll(() => rows(page)).toBe(8);
    await expect.poll(() => page.locator('#banner').isVisible()).toBe(false);
    lab.change({ startedAt: '2026-03-02T11:00:00.000Z' });
    await expect.poll(() => page.locator('#link').textContent()).toBe('live');
    await expect.poll(() => page.locator('#since').textContent()).toMatch(/:00:00$/);
  });
});

describe("the lab's controls", () => {
  it('queue a job, show what becomes of it, and cancel it', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    await page.locator('#job-script').fill('echo hello\nfalse');
    await page.locator('#job-variables').fill('A=b');
    await page.getByRole('button', { name: 'Queue the job' }).click();
    await expect.poll(() => page.locator('#jobs .said').textContent()).toContain('Queued: job 1');
    const spec = { script: ['echo hello', 'false'], variables: { A: 'b' } };
    expect(lab.asked).toEqual([{ what: 'POST /api/jobs', body: spec }]);
    lab.change({ jobs: [{ id: 1, state: 'running', tail: 'hello\n' }] });
    await page.getByText('Last lines of its trace').click();
    lab.change({ jobs: [{ id: 1, state: 'running', tail: 'hello\nmore <b>' }] });
    await expect.poll(() => page.locator('#job-list pre').textContent()).toBe('hello\nmore <b>');
    expect(await page.locator('#job-list pre').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Cancel job 1' }).click();
    await expect.poll(() => page.locator('#job-list .word').textContent()).toBe('canceled');
  });

  it('take a .gitlab-ci.yml that is dropped on the page, and say what the lab leaves out', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    const drop = (text: string): Promise<void> =>
      valueIn(
        page,
        `(() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([${JSON.stringify(text)}], '.gitlab-ci.yml'));
          for (const type of ['dragenter', 'dragover', 'drop'])
            picture.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
        })()`,
      );
    await page.locator('.link.live').waitFor();
    await drop('build:\n  script: make\ntest:\n  script: make test\n');
    await expect.poll(() => page.locator('#jobs .said').textContent()).toContain('Queued: build, test.');
    expect(lab.asked[0]).toEqual({
      what: 'POST /api/jobs/ci',
      body: 'build:\n  script: make\ntest:\n  script: make test\n',
    });
    expect(await page.locator('#left-out').textContent()).toContain('`rules` of build are left out');
    expect(await page.locator('#drop').isVisible()).toBe(false);
    await drop('nothing');
    await expect.poll(() => page.locator('#jobs .said.bad').textContent()).toContain('The file has no job.');
  });

  it('switch a fault on, say how often it struck, and switch it off', async () => {
    await using opened = await browser.open();
    const { page, lab, complaints } = opened;
    await expect.poll(() => page.locator('#fault-kind option').allTextContents()).toEqual(['delay', 'answer', 'close']);
    await page.locator('#faults').getByRole('button', { name: 'Switch on' }).click();
    expect(await page.locator('#fault-ms-wrong').textContent()).toBe('ms must be given.');
    expect(await focusedIn(page)).toBe('fault-ms');
    await page.locator('#fault-ms').fill('800');
    await page.locator('#fault-fields').getByText('2 options').click();
    await page.locator('#fault-on').selectOption('connect');
    await page.locator('#fault-proxy').selectOption('standby');
    await page.locator('#faults').getByRole('button', { name: 'Switch on' }).click();
    const off = page.getByRole('button', { name: 'Switch off delay at the standby' });
    await off.waitFor();
    expect(lab.asked[0]?.body).toEqual({ proxy: 'standby', fault: { fault: 'delay', ms: 800, on: 'connect' } });
    lab.change({ faults: lab.state.faults.map((each) => ({ ...each, struck: 3 })) });
    await expect.poll(() => page.locator('#faults .brief').textContent()).toBe('1 on, struck 3 times');
    await off.focus();
    lab.change({ faults: lab.state.faults.map((each) => ({ ...each, struck: 4 })) });
    await expect.poll(() => page.locator('#faults .brief').textContent()).toBe('1 on, struck 4 times');
    expect(await focusedIn(page)).toBe('Switch off');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#faults .brief').textContent()).toBe('none');
    expect(complaints).toEqual([]);
  });

  it('change what GitLab answers, the proxies and their credentials, and keep what was seen', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    await page.locator('#plan > summary').click();
    await page.locator('#preset').selectOption('reset-time-invalid');
    await page.getByRole('button', { name: 'Follow this plan' }).click();
    await expect.poll(() => page.locator('#plan .brief').textContent()).toBe('reset-time-invalid');
    await page.getByRole('button', { name: 'Answer honestly' }).click();
    await expect.poll(() => page.locator('#plan .brief').textContent()).toBe('honest');
    await page.getByRole('button', { name: 'Stop the proxy' }).click();
    await expect.poll(() => page.locator('#peers .brief').textContent()).toBe('proxy stopped');
    await page.getByRole('button', { name: 'Start the proxy', exact: true }).click();
    await page.getByText('Credentials of the proxy').click();
    await page.getByRole('button', { name: 'Rotate the password of the proxy' }).click();
    await expect.poll(() => page.locator('#peers .said').textContent()).toContain('with a new password');
    expect(lab.asked.map(({ what }) => what)).toEqual([
      'PUT /api/plan',
      'PUT /api/plan',
      'POST /api/proxies/proxy/stop',
      'POST /api/proxies/proxy/start',
      'PUT /api/proxies/proxy/credentials',
    ]);
    await page.locator('#keep > summary').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'As a case to run again' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('lab-case.yaml');
  });
});

describe("the lab's page for everybody", () => {
  it('is used by keyboard alone: a job, an arrow, its request, and back', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    lab.record(busy(new Traffic(), 3));
    await expect.poll(() => rows(page)).toBe(12);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedIn(page)).toBe('picture');
    await pressUntil(page, 'Tab', /^\d+$/);
    const before = await focusedIn(page);
    await page.keyboard.press('ArrowUp');
    expect(Number(await focusedIn(page))).toBeLessThan(Number(before));
    const at = await focusedIn(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedIn(page)).toBe('panel');
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedIn(page)).toBe(at);
    await pressUntil(page, 'Tab', /^job-script$/);
    await pressUntil(page, 'Tab', /^Queue the job$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#jobs .said').textContent()).toContain('Queued');
    await pressUntil(page, 'Tab', /^Cancel$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#job-list .word').textContent()).toBe('canceled');
  });

  it.each([
    ['dark', 1400],
    ['light', 375],
  ] as const)('has no barrier and no sideways scroll in %s at %d pixels', async (colorScheme, width) => {
    await using opened = await browser.open(
      { colorScheme, width, height: 800 },
      {
        findings: [FINDING],
        faults: [{ id: 1, proxy: 'proxy', name: 'delay', does: 'Waits.', fault: { fault: 'delay', ms: 9 }, struck: 2 }],
        jobs: [
          { id: 1, state: 'running', tail: 'a line\n' },
          { id: 2, name: 'build', state: 'failed', tail: '' },
        ],
        connections: [
          {
            peer: 'proxy',
            connection: 'c1',
            from: '127.0.0.1:5',
            to: '127.0.0.1:6',
            via: 'subject',
            since: 3,
            asks: 'GET /',
          },
        ],
      },
    );
    const { page, lab, complaints } = opened;
    const traffic = new Traffic();
    lab.record([...busy(traffic, 5), traffic.bypass()]);
    await expect.poll(() => rows(page)).toBe(21);
    await valueIn(page, "for (const each of document.querySelectorAll('details')) each.open = true");
    await page.locator('#picture .row').nth(2).click();
    await page.locator('#panel').waitFor();
    expect(await valueIn(page, 'document.documentElement.scrollWidth')).toBe(width);
    const paper = await valueIn(page, 'getComputedStyle(document.body).backgroundColor');
    expect(paper).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(18, 22, 29)');
    const [chosen, panel] = [
      await page.locator('#picture .row.chosen .touch').boundingBox(),
      await page.locator('#panel').boundingBox(),
    ];
    if (width === 375) expect((chosen?.y ?? 0) + (chosen?.height ?? 0)).toBeLessThanOrEqual(panel?.y ?? 0);
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows 10,000 requests without a stutter: few rows are drawn, and no task keeps the page busy', async () => {
    await using opened = await browser.open();
    const { page, lab } = opened;
    await page.locator('.link.live').waitFor();
    await valueIn(
      page,
      "window.longest = 0; new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration); }).observe({ type: 'longtask' })",
    );
    const traffic = new Traffic();
    for (let part = 0; part < 100; part++) {
      lab.record(busy(traffic, 50));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await expect.poll(() => page.locator('#shown').textContent()).toBe('50,000 events');
    expect(await rows(page)).toBeLessThanOrEqual(400);
    await page.locator('#by-words').fill('busy/49');
    await expect.poll(() => page.locator('#shown').textContent()).toBe('600 of 50,000 events');
    await page.locator('#older').click();
    // Where programs wait for a processor, how long it took says more of the others than of the page.
    const isBusy = (loadavg()[0] ?? 0) > cpus().length;
    if (!isBusy) expect(await valueIn(page, 'longest')).toBeLessThan(150);
  });
});
