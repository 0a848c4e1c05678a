import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../harness/report/compare/comparison.ts';
import {
  comparisonAsJson,
  comparisonAsMarkdown,
  comparisonAsText,
  comparisonJsonSchema,
  comparisonPage,
} from '../../../harness/report/compare/index.ts';
import { comparisonSchema } from '../../../harness/report/compare/schema.ts';
import { fails, holds, measures, runOf } from './_runs.ts';

const OPTIONS = { width: 100, colour: false, verbose: false };
const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

const FEW = {
  main: compareRuns(
    runOf('17.11.4', [holds('git/clone'), measures('git/limited', ['git asked again 5.00 s later']), holds('git/old')]),
    runOf('18.11.4', [
      fails('git/clone', 'the clone went | around <the> proxy'),
      measures('git/limited', ['git asked again 0.10 s later']),
    ]),
  ),
};

describe('as text', () => {
  it('says what changed, from what to what, and what only one has', () => {
    expect(comparisonAsText(FEW, OPTIONS)).toBe(`gitlab-runner 17.11.4 → gitlab-runner 18.11.4, under profile 14.10
1 required behaviour got worse. 2 cases compared, 0 the same.

Got worse: 1 requirement, 1 case
✗ git/clone: required, pass → fail
    it came again 60.0 s after the 429 → the clone went | around <the> proxy

Measured otherwise: 1 requirement, 1 case
i git/limited: what it does, 0
    git asked again 5.00 s → 0.10 s later

Only the run of gitlab-runner 17.11.4 has 1 case: git/old.
`);
  });

  it('says from what to what where there is no room for all of it', () => {
    const ids = Array.from({ length: 24 }, (_, index) => `git/m${index}`);
    const run = (version: string, seconds: (index: number) => string) =>
      runOf(
        version,
        ids.map((id, index) =>
          measures(id, [
            `on Retry-After: 7 and a rather long question the request came again after ${seconds(index)} s`,
          ]),
        ),
      );
    const main = compareRuns(
      run('17.11.4', (index) => `${index + 1}.50`),
      run('18.11.4', (index) => `${index + 20}.00`),
    );
    const text = comparisonAsText({ main }, { ...OPTIONS, width: 80 });
    for (const id of ids) expect(text).toContain(`${id}: `);
    expect(text).toContain('i git/m11: … again after 12.50 s → 31.00 s\n');
  });

  it('has both sides of a long change in its line', () => {
    const long = (word: string): string => `${word} `.repeat(40).trim();
    const ids = Array.from({ length: 12 }, (_, index) => `git/x${index}`);
    const main = compareRuns(
      runOf(
        '17.11.4',
        ids.map((id) => fails(id, long('was'))),
      ),
      runOf(
        '18.11.4',
        ids.map((id) => fails(id, long('is'))),
      ),
    );
    const text = comparisonAsText({ main }, OPTIONS);
    expect(text).toMatch(/^ {4}was was was [was ]+… → is is is [is ]+…$/m);
    expect(Math.max(...lines(text).map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it.each([1, 4, 6, 11, 40])('has 30 lines at most, and says how much it leaves out: %d of each kind', (count) => {
    const ids = Array.from({ length: count }, (_, index) => index);
    const long = 'word '.repeat(60);
    const before = ids.flatMap((n) => [
      holds(`git/a${n}`),
      fails(`git/b${n}`, long),
      measures(`git/c${n}`, [`was ${long}`]),
    ]);
    const after = ids.flatMap((n) => [
      fails(`git/a${n}`, long),
      holds(`git/b${n}`),
      measures(`git/c${n}`, [`is ${long}`]),
    ]);
    const comparison = { main: compareRuns(runOf('17.11.4', before), runOf('18.11.4', after)) };
    const text = lines(comparisonAsText(comparison, OPTIONS));
    expect(text.length).toBeLessThanOrEqual(30);
    expect(Math.max(...text.map((line) => line.length))).toBeLessThanOrEqual(100);
    for (const title of ['Got worse', 'Got better', 'Measured otherwise']) expect(text.join('\n')).toContain(title);
    const hidden = text
      .flatMap((line) => /… and (\d+) more/.exec(line)?.[1] ?? [])
      .reduce((sum, each) => sum + Number(each), 0);
    const shown = text.filter((line) => /^[✗✓i] /.test(line)).length;
    expect(shown + hidden).toBe(count * 3);
    expect(lines(comparisonAsText(comparison, { ...OPTIONS, verbose: true })).length).toBeGreaterThan(count * 9);
  });

  it('says which changes are the page’s, and only names what has no verdict', () => {
    const NEW = 'It falls to Retry-After.';
    const main = compareRuns(
      runOf('17.11.4', [holds('git/clone'), holds('git/lfs')]),
      runOf('18.11.4', [
        fails('git/clone', 'it came again 0.10 s after the 429'),
        holds('git/lfs', { outcome: 'error' }),
      ]),
    );
    const held = { requirement: NEW };
    const beside = compareRuns(
      runOf('17.11.4', [holds('git/clone', held)], '18.3'),
      runOf('18.11.4', [holds('git/clone', held)], '18.3'),
    );
    expect(
      comparisonAsText({ main, beside }, OPTIONS),
    ).toBe(`gitlab-runner 17.11.4 → gitlab-runner 18.11.4, under profile 14.10, and beside it 18.3
Nothing required got worse, as far as is known: 1 required case has no verdict in gitlab-runner
18.11.4. 2 cases compared, 0 the same.

Changed with the page, as profile 18.3 asks: 1 requirement, 1 case
✗ git/clone: required, pass → fail
    it came again 60.0 s → 0.10 s after the 429
    18.3 asks: It falls to Retry-After.

Without a verdict in one of the runs: 1 requirement, 1 case
  git/lfs
`);
  });

  it('warns of runs under two profiles, of other peers, and of a run that did not end', () => {
    const [before, after] = [runOf('17.11.4', [holds('git/clone')]), runOf('18.11.4', [holds('git/clone')], '18.3')];
    const tools = { ...after.environment.tools, git: '2.51.0' };
    const other = {
      ...after,
      environment: { ...after.environment, tools },
      notRun: { because: 'it was interrupted', cases: ['git/lfs'] },
    };
    const text = comparisonAsText({ main: compareRuns(before, other) }, OPTIONS);
    expect(text).toContain('The runs were made under different profiles, 14.10 and 18.3');
    expect(text).toContain('Besides the runner, this is not the same: git 2.39.5 → 2.51.0.');
    expect(text).toContain('The run of gitlab-runner 18.11.4 is not complete: it was interrupted.');
  });
});

it('as Markdown what programs print makes no cell and no markup', () => {
  const text = comparisonAsMarkdown(FEW, 'proxy=squid');
  expect(text).toContain('| ✗ `git/clone` | required, pass → fail | 1 of 1 |');
  expect(text).toContain('the clone went \\| around &lt;the&gt; proxy');
  expect(text).toContain('- `git/old`');
});

it('says nothing got worse only as far as it is known', () => {
  const skip = (id: string) => holds(id, { outcome: 'skip', findings: [] });
  const told = (before: Parameters<typeof runOf>[1], after: Parameters<typeof runOf>[1]) => {
    const comparison = { main: compareRuns(runOf('17.11.4', before), runOf('18.11.4', after)) };
    const text = comparisonAsText(comparison, { ...OPTIONS, width: 300 });
    return [lines(text)[1], comparisonAsJson(comparison).noVerdict];
  };
  const some = holds('git/some');
  expect(
    told([some, holds('git/a'), skip('git/b'), skip('git/c')], [some, skip('git/a'), holds('git/b'), skip('git/c')]),
  ).toEqual([
    'Nothing required got worse, as far as is known: 1 required case has no verdict in gitlab-runner 18.11.4, 1 in gitlab-runner 17.11.4, 1 in either. 4 cases compared, 2 the same.',
    { before: 1, after: 1, both: 1 },
  ]);
  expect(told([some, skip('git/c')], [some, holds('git/c', { outcome: 'error' })])[0]).toMatch(
    /^Nothing required got worse, as far as is known: 1 required case has no verdict in either\. /,
  );
  expect(told([some, skip('git/a')], [some, skip('git/a')])[0]).toMatch(/^Nothing changed, as far as is known: 1 req/);
  // A check has no right answer, so that nothing is required of it.
  const check = measures('git/m', ['2 more']);
  expect(told([some, check], [some, { ...check, outcome: 'skip' }])[0]).toMatch(/^Nothing required got worse\. /);
  const worse = told([some, holds('git/a')], [fails('git/some', 'it never came'), skip('git/a')]);
  expect(worse[0]).toMatch(/^1 required behaviour got worse\. /);
});

describe('as JSON', () => {
  it('is as its schema says, with the quantities', () => {
    const json = comparisonSchema.parse(JSON.parse(JSON.stringify(comparisonAsJson(FEW))));
    expect(json).toMatchObject({
      requiredGotWorse: true,
      compared: 2,
      same: 0,
      onlyBefore: ['git/old'],
      onlyAfter: [],
    });
    expect(json.changes[1]?.cases[0]?.answers?.[0]).toMatchObject({
      was: [{ amount: 5, unit: 's', name: 'git asked again … later' }],
      is: [{ amount: 0.1, unit: 's' }],
    });
  });

  it('has the schema that is published', () => {
    const published = readFileSync(new URL('../../../schema/compare.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published), 'It is out of date. Run npm run schema.').toEqual(comparisonJsonSchema());
  });
});

it('as a page says what changed without the script, and makes no markup of what programs print', () => {
  const page = comparisonPage(FEW, new Map(), { version: '0.1.0' });
  expect(page).toContain('the clone went | around &#60;the&#62; proxy');
  expect(page).toContain('<code class="id">git/clone</code>');
  expect(page).not.toContain('<the>');
});
