import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../harness/report/html/index.ts';
import { escapeHtml } from '../../harness/report/picture/index.ts';
import { wholeText } from '../../harness/report/picture/phrase.ts';
import { bigRun } from './big-run.ts';
import { outcome, Recorder, results } from './builder.ts';
import { largeRun } from './large-run.ts';
import { carriedCases } from './packs.ts';
import { tooEarly } from './stories.ts';

const HOSTILE = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'&<!--';

/** What stands in script elements, and what stands outside of them. */
function parts(html: string): { markup: string; data: string[]; scripts: string[] } {
  const data = [...html.matchAll(/<script type="text\/plain"[^>]*>(.*?)<\/script>/gs)].map((match) => match[1] ?? '');
  const scripts = [...html.matchAll(/<script>(.*?)<\/script>/gs)].map((match) => match[1] ?? '');
  return { markup: html.replace(/<script\b.*?<\/script>/gs, ''), data, scripts };
}

function hostileRun(): string {
  const recorder = new Recorder();
  const id = `git/${HOSTILE}`;
  const story = recorder.story(id).begin('namespace', { user: HOSTILE });
  story
    .at(5)
    .forwarded(
      { path: `/${HOSTILE}`, headers: [['X-Evil', HOSTILE]], body: HOSTILE },
      { status: 200, body: HOSTILE, headers: [[HOSTILE, HOSTILE]] },
    );
  const seq = story.log(HOSTILE);
  const finding = { verdict: 'fails', expected: HOSTILE, observed: HOSTILE, evidence: [seq] } as const;
  const told = outcome({
    id,
    scenario: id,
    outcome: 'fail',
    reason: HOSTILE,
    requirement: HOSTILE,
    citation: HOSTILE,
    proxy: HOSTILE,
    axes: { [HOSTILE]: HOSTILE },
    findings: [finding],
    expectation: { outcome: 'fail', reason: HOSTILE, link: 'javascript:alert(3)' },
  });
  const run = results([told], { subject: { kind: 'gitlab-runner', version: HOSTILE, path: HOSTILE } });
  return reportHtml(
    { ...run, environment: { ...run.environment, command: HOSTILE, tools: { [HOSTILE]: HOSTILE } } },
    recorder.events,
  );
}

describe('report.html', () => {
  it('lets nothing hostile out of its place', async () => {
    const html = hostileRun();
    const { markup, data, scripts } = parts(html);
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).not.toContain('alert');
    expect(markup).not.toMatch(/<img|<script|<!--/);
    expect(markup).not.toContain('href="javascript:');
    expect(data).toHaveLength(3);
    for (const each of data) expect(each).toMatch(/^[A-Za-z0-9+/]+=*$/);
    const carried = (await carriedCases(html)).get('case-1');
    expect(carried?.events.some((event) => event.kind === 'log' && event.line === HOSTILE)).toBe(true);
    expect(carried?.inside).toContain('alert(2)');
    expect(carried?.inside).not.toMatch(/<img|<script|<!--/);
    expect(carried?.inside).not.toContain('href="javascript:');
  });

  it('shows what hides in a text', () => {
    expect(escapeHtml('a\u0000\u001b[2J\u202eb\u009b\t\n')).toBe('a\u2400\u241b[2J\ufffdb\ufffd\t\n');
  });

  it('needs no network and allows none', () => {
    const { results: run, events } = bigRun();
    const html = reportHtml(run, events);
    const { markup } = parts(html);
    expect(markup).not.toMatch(/<(link|img|iframe|object|embed|video|audio|base)\b/);
    expect(markup).not.toMatch(/\b(src|srcset|action)=/);
    expect(html).toMatch(/content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[^']+';/);
    expect(html).not.toMatch(/@import|url\(/);
  });

  it('reads without its script: verdict, requirement, expected, observed, command', () => {
    const recorder = new Recorder();
    const { markup } = parts(reportHtml(results([tooEarly(recorder)]), recorder.events));
    const places = [
      'does not behave as profile 14.10 asks',
      '1 case was isolated by a network namespace',
      '<dt>Requirement</dt>',
      '<dt>Expected</dt>',
      '<dt>Observed</dt>',
      'Again: <code>./proxyproof run',
    ].map((part) => markup.indexOf(part));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('leads to both kinds of repetition of an unstable case, and says how to narrow an entry', () => {
    const came = [
      { outcome: 'pass', times: 2, case: 'git/a[repeat=1]', says: 'Well.' },
      { outcome: 'fail', times: 1, case: 'git/a[repeat=2]', says: HOSTILE },
    ] as const;
    const { markup } = parts(
      reportHtml(
        results([outcome({ id: 'git/a[repeat=1]' }), outcome({ id: 'git/a[repeat=2]', outcome: 'fail' })], {
          unstable: [{ id: 'git/a', differs: 'outcome', came }],
          partlyExpected: [{ entry: 'git/*', expected: 'fail', fits: 36, of: 42, patterns: ['git/a'] }],
        }),
        [],
      ),
    );
    expect(markup).toContain(
      `<a href="#case-1">2 × pass</a>: Well.; <a href="#case-2">1 × fail</a>: ${escapeHtml(HOSTILE)}`,
    );
    expect(markup).toContain('narrow it: 36 of 42 fail. Write git/a instead.');
  });

  it('names the cases that did not run', () => {
    const notRun = { because: '--max-time ran out', cases: ['git/large', 'git/lfs'] };
    const { markup } = parts(reportHtml(results([outcome({ id: 'git/clone' })], { notRun }), []));
    expect(markup).toContain('2 of 3 cases did not run: --max-time ran out.');
    expect(markup).toMatch(/<summary>2 cases did not run<\/summary>.*git\/large.*git\/lfs/s);
  });

  it('has a cell for each case, marked by a sign and not by colour alone', () => {
    const { results: run, events } = bigRun();
    const { markup } = parts(reportHtml(run, events));
    const cells = [...markup.matchAll(/<a class="cell ([a-z]+)[^"]*" href="#(case-\d+)"[^>]*>([^<]+)<\/a>/g)];
    expect(cells).toHaveLength(run.outcomes.length);
    expect(new Set(cells.map((cell) => cell[2])).size).toBe(run.outcomes.length);
    expect(new Set(cells.map((cell) => `${cell[1]} ${cell[3]}`))).toEqual(
      new Set(['pass ✓', 'fail ✗', 'warn !', 'info i', 'skip –', 'blocked ⊘', 'error E']),
    );
  });

  it('stays small with 20,000 events, and carries them all as they are', async () => {
    const { results: run, events } = bigRun(12);
    expect(events.length).toBeGreaterThan(20_000);
    const html = reportHtml(run, events);
    expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
    const carried = [...(await carriedCases(html)).values()].flatMap((each) => each.events);
    expect(carried.toSorted((a, b) => a.seq - b.seq).map(wholeText)).toEqual(events.map(wholeText));
  });

  it('has at most 5 MB for 1,500 cases with 800 failures, with all timelines', async () => {
    const { results: run, events } = largeRun();
    expect(run.totals).toMatchObject({ cases: 1500, unexpected: 800 });
    expect(events.length).toBeGreaterThan(100_000);
    const html = reportHtml(run, events);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(5_000_000);
    const carried = [...(await carriedCases(html)).values()].reduce((sum, each) => sum + each.events.length, 0);
    expect(carried).toBe(events.length);
  });

  it('leaves out timelines of cases that are as expected when there is too much, and says so', async () => {
    const { results: run, events } = largeRun(300);
    const whole = Buffer.byteLength(reportHtml(run, events));
    const limit = Math.round(whole * 0.85);
    const html = reportHtml(run, events, limit);
    expect(Buffer.byteLength(html)).toBeLessThan(limit * 1.01);
    expect(parts(html).markup).toMatch(
      /To keep this file small, \d+ timelines of cases that are as expected were left out/,
    );
    const carried = await carriedCases(html);
    expect(carried.get('case-1')?.events.length).toBeGreaterThan(0);
    const without = [...carried.values()].filter((each) => each.inside.includes('was left out'));
    expect(without.length).toBeGreaterThan(10);
    expect(without.length).toBeLessThan(carried.size);
    expect(without.every((each) => each.events.length === 0)).toBe(true);
  });

  it('leaves out timelines of failures, too, rather than grow without bounds', () => {
    const { results: run, events } = bigRun();
    expect(reportHtml(run, events, 0)).toMatch(
      /\d+ timelines were, \d of them of cases that are not as expected, left out/,
    );
  });

  it('bounds a case with a flood of events, and keeps its evidence', async () => {
    const recorder = new Recorder();
    const story = recorder.story('polling/proxy-down').begin();
    let evidence = 0;
    for (let line = 0; line < 6000; line++) {
      const seq = story.at(line).log(`line ${line}`);
      if (line === 3000) evidence = seq;
    }
    const told = outcome({ id: 'polling/proxy-down', outcome: 'fail', evidence: [evidence] });
    const data = (await carriedCases(reportHtml(results([told]), recorder.events))).get('case-1');
    expect(data?.events).toHaveLength(2001);
    expect(data?.left).toBe(4000);
    expect(data?.events.some((event) => event.seq === evidence)).toBe(true);
  });
});
