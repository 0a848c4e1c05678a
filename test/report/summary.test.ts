import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderSummary } from '../../harness/report/terminal/index.ts';
import { bigRun } from './big-run.ts';
import { outcome, Recorder, results } from './builder.ts';
import { bypass, tooEarly } from './stories.ts';

const options = { width: 100, colour: false, runDir: 'runs/now', verbose: true };
/** Whoever asks for nothing more. */
const brief = { ...options, verbose: false };

function summaryOf(tell: (recorder: Recorder) => Parameters<typeof results>[0][number]): string {
  const recorder = new Recorder();
  const told = tell(recorder);
  return renderSummary(results([told]), recorder.events, options);
}

/** Positions of texts in a text; each must be there. */
function order(text: string, ...parts: string[]): number[] {
  return parts.map((part) => {
    expect(text).toContain(part);
    return text.indexOf(part);
  });
}

describe('the summary of a run', () => {
  it('tells a failure from requirement to files, in that order', () => {
    const text = summaryOf(tooEarly);
    const places = order(
      text,
      'FAIL rate-limit/reset-time-valid[proxy=basic]',
      'Requirement  It waits until the stated time',
      '“Handling rate limited requests”',
      'Expected     the request is issued again no earlier',
      'Observed     it arrived 1.01 s after the 429, 1.99 s too early',
      'Ledger',
      '0.413 s  gitlab    ← 429 · RateLimit-ResetTime +3 s',
      'waited 1.0 s',
      "Again        ./proxyproof run 'rate-limit/reset-time-valid[proxy=basic]' --runner /usr/local/bin/gitlab-runner --profile 14.10",
      'Files        runs/now/report.html#case-1, runs/now/ledger.ndjson events 8, 15',
      'gitlab-runner 14.10.1 does not behave as profile 14.10 asks',
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('marks evidence, and shows both hops around it', () => {
    const lines = summaryOf(tooEarly).split('\n');
    const marked = lines.filter((line) => line.startsWith('▸'));
    expect(marked.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '▸ 0.413 s gitlab ← 429 · RateLimit-ResetTime +3 s',
      '▸ 1.421 s gitlab → POST /api/v4/jobs/request',
    ]);
    expect(lines.filter((line) => /s {2}proxy {5}/.test(line)).length).toBeGreaterThanOrEqual(4);
  });

  it('says what a fault does where it is switched on', () => {
    const text = summaryOf((recorder) => {
      const story = recorder.story('polling/proxy-hangs').begin();
      const does = 'Takes everything and answers nothing.';
      story.at(100).record('proxy', { kind: 'fault', name: 'hang', state: 'on', does, detail: '{"times":1}' });
      story
        .at(200)
        .record('proxy', { kind: 'fault', name: 'hang', state: 'struck', detail: 'GET http://gitlab.test/' });
      story.end(300);
      return outcome({ id: story.id, outcome: 'fail', evidence: [2] });
    });
    expect(text).toMatch(/proxy +fault hang on: Takes everything and answers nothing\.\n/);
    expect(text).toMatch(/proxy +fault hang struck: GET http:\/\/gitlab\.test\/\n/);
  });

  it('calls a bypass a bypass', () => {
    expect(summaryOf(bypass)).toMatch(/▸ +3\.915 s {2}tripwire +BYPASS: went around the proxy to gitlab\.test:8080/);
  });

  it('fits its width but for the command and the files, and has no colour unless asked', () => {
    const { results: run, events } = bigRun();
    const plain = renderSummary(run, events, options);
    expect(plain).toBe(stripVTControlCharacters(plain));
    const wide = plain.split('\n').filter((line) => line.length > 100 && !/^ {2}(Again|Files)/.test(line));
    expect(wide).toEqual([]);
    const coloured = renderSummary(run, events, { ...options, colour: true });
    expect(coloured).not.toBe(plain);
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('groups what was skipped by reason, lists answers, and counts by family', () => {
    const { results: run, events } = bigRun();
    const text = renderSummary(run, events, options);
    expect(text.replace(/\s+/g, ' ')).toMatch(
      /– 60 × gitlab-runner 14\.10\.1 does artifacts only with its docker executor: rate-limit\/reset-time-valid \(10\)/,
    );
    expect(text).toMatch(/i rate-limit\/other-statuses\[status=503\] +It asked again after/);
    expect(text).toMatch(/rate-limit +228 cases {3}✓ 148 pass {2}✗ 6 fail {2}i 14 info {2}– 60 skip/);
    expect(text).toMatch(/expected to fail: Trace updates ignore Retry-After up to 18\.2 https:\/\/gitlab\.example/);
    expect(text).toMatch(/Warnings \(7\)/);
  });

  it('says what a verdict rests on, and ends with it', () => {
    const text = renderSummary(
      results([
        outcome({ id: 'git/lfs' }),
        outcome({ id: 'git/large', isolation: 'names', isolationReason: 'it takes root' }),
      ]),
      [],
      options,
    );
    expect(text).toContain('1 case was isolated by a network namespace');
    expect(text.replace(/\s+/g, ' ')).toContain(
      '1 case was isolated by names that do not resolve outside the proxy; a bypass by IP address would have gone unnoticed, and nothing of this machine was hidden (no namespace could be made: it takes root).',
    );
    const two = results([outcome({ id: 'git/lfs' }), outcome({ id: 'git/large', isolation: 'names' })]);
    expect(renderSummary(two, [], brief)).toContain(
      '\nIsolation: a network namespace (1 case), names that do not resolve outside the proxy (1 case).',
    );
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      'gitlab-runner 14.10.1 behaves as profile 14.10 asks: all 2 cases that ran are as expected.',
    );
  });

  it('takes terminal escapes out of what a subject said', () => {
    const text = summaryOf((recorder) => {
      const story = recorder.story('git/lfs').begin();
      const seq = story.log('\u001b]0;owned\u0007\u001b[2J\u202egnp.exe');
      return outcome({ id: 'git/lfs', outcome: 'fail', evidence: [seq], reason: 'bad \u001b[31m' });
    });
    for (const hidden of ['\u001b', '\u0007', '\u202e']) expect(text.includes(hidden)).toBe(false);
    expect(text).toContain('\\u{1b}[2J');
  });

  it('shows escapes in whatever a results.json holds', () => {
    const evil = 'x\u001b[2J\u009b2J\u202e';
    const known = { outcome: 'warn', reason: evil, link: evil } as const;
    const words = { reason: evil, citation: evil, requirement: evil, proxy: evil, axes: { [evil]: evil } };
    const found = results(
      [
        outcome({ id: 'git/a', outcome: 'fail', expectation: known, expected: 'warn', ...words }),
        outcome({ id: 'git/b', outcome: 'warn', expectation: known, expected: 'warn', ...words }),
        outcome({ id: 'git/c', outcome: 'warn', level: 'O', ...words }),
        outcome({ id: 'git/d[x=1]', outcome: 'info', level: 'C', ...words }),
        outcome({ id: 'git/d[x=2]', outcome: 'info', level: 'C', ...words }),
        outcome({ id: 'git/e', outcome: 'skip', ...words }),
      ],
      { subject: { kind: 'gitlab-runner', version: evil, path: evil }, unusedExpectations: [evil] },
    );
    const text = renderSummary(found, [], { ...options, runDir: `/tmp/${evil}` });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(text).toContain('\\u{1b}[2J\\u{9b}2J\\u{202e}');
  });

  describe('as it is unless more is asked for', () => {
    const linesOf = (text: string): string[] => text.trimEnd().split('\n');
    const failing = (count: number): Parameters<typeof results>[0] =>
      Array.from({ length: count }, (_, nth) =>
        outcome({ id: `git/a[nth=${nth}]`, scenario: 'git/a', outcome: 'fail', reason: `It failed, ${nth}.` }),
      );

    it.each([40, 80, 100, 200])(
      'tells a failure and its record in 25 lines, if there are so many columns: %i',
      (width) => {
        const recorder = new Recorder();
        const others = (['pass', 'warn', 'info', 'skip', 'error'] as const).map((each) =>
          outcome({ id: `git/${each}`, outcome: each, reason: '代理不可达，因此什么也没有到达。代理不可达。' }),
        );
        const run = results([tooEarly(recorder), ...failing(200), ...others]);
        const text = renderSummary(run, recorder.events, {
          ...brief,
          width,
        });
        if (width >= 80) expect(linesOf(text).length).toBeLessThanOrEqual(25);
        expect(text).toContain('FAIL rate-limit/reset-time-valid[proxy=');
        expect(text).toMatch(/▸ +0\.413 s {2}gitlab/);
        expect(text).toMatch(/▸ +1\.421 s {2}gitlab/);
        expect(text).toMatch(/… and \d+ more: see runs\/now\/report\.html/);
        for (const line of linesOf(text)) {
          if (!/^ {2}(Again|Files)|see runs|Report:/.test(line))
            expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        }
      },
    );

    it('counts what it folds, and says how to see it', () => {
      const { results: run, events } = bigRun();
      const lines = linesOf(renderSummary(run, events, brief));
      expect(lines.length).toBeLessThanOrEqual(25);
      expect(lines.join('\n')).toMatch(
        /^--measured lists all measured answers\. --verbose lists all known deviations, warnings and skips\.$/m,
      );
      expect(lines.join('\n')).toMatch(/^\d+ cases: ✓ \d+ pass/m);
    });

    it.each([80, 100, 160])('ends with at most 25 lines in %i columns, whatever there is to say', (width) => {
      const { results: run, events } = bigRun();
      const entry = {
        entry: 'git/*',
        expected: 'fail',
        fits: 36,
        of: 42,
        patterns: ['git/a[proxy=squid]*'.repeat(9)],
      } as const;
      const came = (outcome: 'pass' | 'fail', times: number) => ({
        outcome,
        times,
        case: run.outcomes[times]?.id ?? '',
        says: 'Said.',
      });
      const full = {
        ...run,
        helper: 'its own',
        environment: { ...run.environment, reportUrl: 'https://ci.example/report.html' },
        partlyExpected: [entry, entry, entry],
        unstable: ['git/a', 'git/b', 'git/c'].map((id) => ({
          id,
          differs: 'outcome' as const,
          came: [came('pass', 3), came('fail', 1)],
        })),
      };
      const odd = Array.from({ length: 9 }, (_, nth) => ({
        ...(events[0] as (typeof events)[number]),
        kind: 'flag' as const,
        peer: 'proxy' as const,
        what: `something odd ${'x'.repeat(nth)}`,
      }));
      const lines = linesOf(renderSummary(full, [...events, ...odd], { ...brief, width }));
      expect(lines.length).toBeLessThanOrEqual(25);
      expect(lines.at(-1)).toBe('Report: https://ci.example/report.html');
      expect(lines.join('\n')).toContain('Unstable (3)');
      expect(lines.join('\n').replace(/\s+/g, ' ')).toContain('narrow it: 36 of 42 fail.');
    });

    it('lists the measured answers for whoever asks for them, before what matters', () => {
      const { results: run, events } = bigRun();
      const text = renderSummary(run, events, { ...brief, measured: true });
      expect(text).toMatch(/^Measured answers \(18\)\ni /);
      expect(text).toMatch(/i rate-limit\/other-statuses\[status=503\] +It asked again after/);
      expect(text).not.toContain('--measured');
      expect(linesOf(text.slice(text.indexOf('Not as expected')))[0]).toBe('Not as expected (5)');
      expect(renderSummary(run, events, brief)).not.toContain('It asked again after');
    });

    it('tells both ways in which an unstable case came out, with their records', () => {
      const recorder = new Recorder();
      const early = { ...tooEarly(recorder), id: 'git/a[repeat=2]' };
      const events = recorder.events.map((event) => ({ ...event, case: 'git/a[repeat=2]' }));
      const came = [
        { outcome: 'pass', times: 48, case: 'git/a[repeat=1]', says: 'All went well.' },
        { outcome: 'fail', times: 2, case: 'git/a[repeat=2]', says: 'It came too early.' },
      ] as const;
      const run = results([outcome({ id: 'git/a[repeat=1]' }), early], {
        unstable: [{ id: 'git/a', differs: 'outcome', came }],
      });
      const text = renderSummary(run, events, brief);
      order(
        text,
        'Unstable (1)',
        'git/a: 48 × pass, 2 × fail',
        '✓ git/a[repeat=1]: All went well.',
        '✗ git/a[repeat=2]: It came too early.',
        '▸     0.413 s  gitlab',
      );
      expect(text).toContain('1 case is unstable: repeated, it came out otherwise.');
    });

    it('never folds a flag of a peer away, and says the same once', () => {
      const recorder = new Recorder();
      const told = ['git/a', 'git/b', 'git/c'].map((id, nth) => {
        const story = recorder.story(id).begin();
        story.record('gitlab', { kind: 'flag', what: `Content-Range 1${nth}-2${nth} does not follow` });
        if (nth === 0) story.record('proxy', { kind: 'flag', what: 'Host is not the target' });
        story.end(100);
        return outcome({ id });
      });
      const text = renderSummary(results(told), recorder.events, brief);
      expect(text).toContain('Flags of peers (2)');
      expect(text).toContain('⚑ 3 cases, such as git/a: gitlab: Content-Range 10-20 does not follow');
      expect(text).toContain('⚑ git/a: proxy: Host is not the target');
    });

    it('says of known deviations that they are known', () => {
      const known = { outcome: 'fail', reason: 'It is so.' } as const;
      const text = renderSummary(
        results([
          outcome({ id: 'git/a', outcome: 'fail', expected: 'fail', expectation: known }),
          outcome({ id: 'git/b' }),
        ]),
        [],
        brief,
      );
      expect(linesOf(text).at(-1)).toBe(
        'gitlab-runner 14.10.1 deviates from profile 14.10 in 1 of 2 cases, all known; nothing new.',
      );
      expect(text).toContain('--verbose lists all known deviations.');
    });
  });
});
