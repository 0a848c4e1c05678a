import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import {
  asExpected,
  check,
  Expectations,
  expand,
  judgeCase,
  loadScenarios,
  matchesCase,
  measured,
  readExpectations,
  type Scenario,
  totals,
} from '../../harness/conformance/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../harness/ledger/index.ts';

const plain: Scenario = {
  id: 'team/own',
  asks: '?',
  explains: '',
  requires: { level: 'R', cites: 'our handbook', holds: 'It works.' },
  axes: { request: { values: ['job', 'trace'], default: 'job' }, body: { values: ['empty', 'json'] } },
  abilities: () => [],
  world: () => ({}),
  act: async () => {},
  judge: () => [check(true, 'it works', 'it works')],
  mutants: [],
};

describe('expand', () => {
  it('leaves defaults out of the id, and keeps them among the axes', () => {
    expect(expand([plain], '14.10').map((each) => each.id)).toEqual([
      'team/own[body=empty]',
      'team/own[body=json]',
      'team/own[request=trace][body=empty]',
      'team/own[request=trace][body=json]',
    ]);
    expect(expand([plain], '14.10')[0]?.axes).toEqual({ request: 'job', body: 'empty' });
  });

  it('knows level and citation from the register, by profile', () => {
    const { requires: _, ...registered } = { ...plain, id: 'rate-limit/retry-after' };
    expect(expand([registered], '14.10')[0]?.level).toBe('C');
    expect(expand([registered], '18.3')[0]).toMatchObject({ level: 'R', citation: expect.stringContaining('18.3') });
    expect(() => expand([{ ...registered, id: 'team/unheard-of' }], '14.10')).toThrow(
      /not in the requirement register/,
    );
  });
});

describe('matchesCase', () => {
  const target = { id: 'rate-limit/retry-after[body=json]', scenario: { id: 'rate-limit/retry-after' } };
  it.each([
    ['rate-limit/retry-after', true],
    ['rate-limit/*', true],
    ['*/retry-after', true],
    ['**', true],
    ['*', false],
    ['rate-limit', true],
    ['rate', false],
    ['retry-after', false],
    ['rate-limit/retry', false],
    ['rate-limit/retry-after[body=json]', true],
    ['rate-limit/*[body=*]', true],
    ['rate-limit/retry-after[body=text]', false],
    ['rate.limit/*', false],
    ['rate-limit/retry-after[]', false],
  ])('%s: %s', (pattern, expected) => {
    expect(matchesCase(pattern, target)).toBe(expected);
  });

  it('takes [] for the case that has every axis at its default', () => {
    const plainest = { id: 'rate-limit/retry-after', scenario: target.scenario };
    expect(matchesCase('rate-limit/retry-after[]', plainest)).toBe(true);
    expect(matchesCase('rate-limit/*[]', plainest)).toBe(true);
    expect(matchesCase('rate-limit/*[]', target)).toBe(false);
    expect(matchesCase('rate-limit/retry[]', plainest)).toBe(false);
  });
});

describe('judgeCase', () => {
  const evidence = (fill: (book: Ledger) => void = () => {}): Evidence => {
    const book = new Ledger({ case: 'x', clock: simulatedClock(), secrets: new Secrets(), sink: countingSink() });
    fill(book);
    book.record('harness', { kind: 'case-end' });
    book.record('harness', { kind: 'case-closed' });
    return new Evidence(book.events);
  };
  const judged = (level: 'R' | 'O' | 'C', judge: Scenario['judge'], seen = evidence()) =>
    judgeCase(expand([{ ...plain, requires: { level, cites: '', holds: '' }, judge }], '14.10')[0] as never, seen);

  const right = () => [check(true, 'a', 'a')];

  it('is fail, warn or info by the level', () => {
    const wrong = () => [check(false, 'a', 'b')];
    expect(judged('R', wrong)).toMatchObject({ outcome: 'fail', reason: 'Expected: a. Observed: b.' });
    expect(judged('O', wrong).outcome).toBe('warn');
    expect(judged('C', () => [measured('how many', '3 requests')])).toMatchObject({
      outcome: 'info',
      reason: '3 requests.',
    });
  });

  it('never passes without a finding, nor when the judge breaks', () => {
    expect(judged('R', () => []).outcome).toBe('error');
    expect(
      judged('R', () => {
        throw new Error('oops');
      }),
    ).toMatchObject({ outcome: 'error', reason: expect.stringContaining('oops') });
  });

  it('is an error when what can be missed was only measured', () => {
    const only = () => [measured('how many', '3 requests')];
    expect(judged('R', only)).toMatchObject({ outcome: 'error', reason: expect.stringContaining('decided nothing') });
    expect(judged('O', only).outcome).toBe('error');
    expect(judged('R', () => [...only(), check(true, 'a', 'a')]).outcome).toBe('pass');
  });

  it('is blocked when what had to come first is missing, unless something failed', () => {
    const missing = { verdict: 'blocked', expected: 'a job', observed: 'none', evidence: [] } as const;
    expect(judged('R', () => [missing]).outcome).toBe('blocked');
    expect(judged('R', () => [missing, check(false, 'a', 'b')]).outcome).toBe('fail');
  });

  it('adds a wait that came to nothing to a judge that is content', () => {
    const seen = evidence((book) => {
      book.record('harness', { kind: 'gave-up', awaited: 'a second request', limitMs: 5000, says: 'none within 5 s' });
    });
    expect(judged('R', right, seen)).toMatchObject({
      outcome: 'fail',
      reason: 'Expected: a second request. Observed: none within 5 s.',
    });
    expect(judged('R', () => [check(false, 'a', 'b')], seen).reason).toBe('Expected: a. Observed: b.');
  });

  it.each(['build', 'act', 'teardown'] as const)('is an error when the harness broke during %s', (during) => {
    const seen = evidence((book) => book.record('harness', { kind: 'broken', during, why: 'no room is left.' }));
    expect(judged('R', right, seen)).toMatchObject({ outcome: 'error', reason: 'no room is left.', evidence: [1] });
  });

  it('is an error when the ledger was cut', () => {
    const whole = evidence();
    for (const kept of [0, 1]) {
      const cut = judged('R', right, new Evidence(whole.events.slice(0, kept)));
      expect(cut).toMatchObject({ outcome: 'error', reason: expect.stringContaining('has no end') });
    }
    const holed = judged('R', right, new Evidence(whole.events.slice(1)));
    expect(holed).toMatchObject({ outcome: 'error', reason: expect.stringContaining('events missing') });
  });

  it('sees nothing of what was recorded after the end', () => {
    const book = new Ledger({ case: 'x', clock: simulatedClock(), secrets: new Secrets(), sink: countingSink() });
    for (const kind of ['case-end', 'case-closed'] as const) book.record('harness', { kind });
    book.record('harness', { kind: 'gave-up', awaited: 'x', limitMs: 1, says: 'y' });
    expect(judged('R', right, new Evidence(book.events)).outcome).toBe('pass');
  });

  it('names a runner that died', () => {
    const seen = evidence((book) => {
      book.record('subject', { kind: 'process-start', process: 'p1', command: ['/opt/gitlab-runner', 'run'] });
      book.record('subject', { kind: 'log', process: 'p1', stream: 'stderr', line: 'FATAL: no config' });
      book.record('subject', { kind: 'process-exit', process: 'p1', code: 1, signal: null });
    });
    expect(judged('R', () => [check(false, 'a', 'b')], seen).reason).toContain(
      'exited with code 1 at 0.00 s; its last words were: FATAL: no config',
    );
  });
});

describe('expectations', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
  });
  afterAll(() => rm(dir, { recursive: true }));
  const file = async (text: string): Promise<string> => {
    const path = join(dir, 'expect.yaml');
    await writeFile(path, text);
    return path;
  };
  const subject = { kind: 'gitlab-runner', version: '14.10.1', path: 'x' } as const;

  it('keeps the entries of the subject, and finds those that mean nothing', async () => {
    const entries = await readExpectations(
      await file(
        [
          '- {id: "team/own[body=json]", versions: ">=14 <15", reason: known, link: "https://example.test/1"}',
          '- {id: team/own, versions: ">=18", reason: later}',
          '- {id: team/gone, reason: nothing}',
        ].join('\n'),
      ),
    );
    const expectations = new Expectations(entries, subject, '14.10');
    const cases = expand([plain], '14.10');
    expect(cases.map((each) => expectations.for(each)?.reason)).toEqual([undefined, 'known', undefined, undefined]);
    expect(expectations.unused(cases)).toEqual(['team/gone']);
  });

  it.each([
    ['[', /is no YAML/],
    ['- {id: a/b}', /reason/],
    ['- {id: a/b, reason: x, versions: "soon"}', /no version range/],
    ['- {id: a/b, reason: x, outcome: error}', /it cannot be expected/],
    ['{a: 1}', /not a list/],
  ])('refuses %s with a sentence', async (text, message) => {
    await expect(readExpectations(await file(text))).rejects.toThrow(message);
  });

  it('counts an expected failure that passes as unexpected', () => {
    expect(asExpected({ outcome: 'fail', expected: 'fail' }, false)).toBe(true);
    expect(asExpected({ outcome: 'pass', expected: 'fail' }, false)).toBe(false);
    expect(asExpected({ outcome: 'blocked', expected: 'pass' }, false)).toBe(false);
    expect(asExpected({ outcome: 'warn', expected: 'pass' }, false)).toBe(true);
    expect(asExpected({ outcome: 'warn', expected: 'pass' }, true)).toBe(false);
    expect(totals([], false)).toMatchObject({ cases: 0, pass: 0, unexpected: 0 });
  });
});

describe('loadScenarios', () => {
  it('refuses a directory that is not there, a file that is no scenario, and an id that is there twice', async () => {
    await expect(loadScenarios(['/nowhere'])).rejects.toThrow(/no directory of scenarios/);
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    await writeFile(join(dir, 'a.mjs'), 'export default { id: "x/y" }');
    await expect(loadScenarios([dir])).rejects.toThrow(/is no scenario/);
    const text =
      'export default { id: "x/y", asks: "", explains: "", mutants: [], world: () => ({}), act: () => {}, judge: () => [], abilities: () => [] }';
    await writeFile(join(dir, 'a.mjs'), text.replace('x/y', 'x/z'));
    await writeFile(join(dir, 'b.mjs'), text.replace('x/y', 'x/z'));
    const again = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
    await writeFile(join(again, 'a.mjs'), text);
    await writeFile(join(again, 'b.mjs'), text);
    await expect(loadScenarios([again])).rejects.toThrow(/there twice/);
    await rm(dir, { recursive: true });
    await rm(again, { recursive: true });
  });
});
