import { describe, expect, it } from 'vitest';
import { summaryMarkdown } from '../../../harness/report/index.ts';
import { bigRun } from '../big-run.ts';
import { outcome, results } from '../builder.ts';
import { largeRun } from '../large-run.ts';

describe('summary.md', () => {
  it('begins with what a run comes to, and folds what is as expected', () => {
    const { results: run } = bigRun();
    const text = summaryMarkdown(run);
    expect(text).toMatch(
      /^### ❌ gitlab-runner 14\.10\.1 behind a proxy\n\ngitlab-runner 14\.10\.1 does not behave as profile/,
    );
    expect(text).toContain('350 cases: ✓ 251 pass · ✗ 7 fail');
    expect(text).toContain('**Not as expected: 5 cases, 4 distinct findings**');
    expect(text).toContain('| ✗ `rate-limit/reset-time-valid[proxy=basic]` |');
    for (const title of ['Known deviations', 'Recommendations that are missed', 'Measured answers', 'Skipped'])
      expect(text).toMatch(new RegExp(`<details><summary>${title} \\(\\d+\\)</summary>\n\n\\|`));
    expect(text).toMatch(
      /<sub>proxyproof 0\.1\.0 · profile 14\.10 · `\/usr\/local\/bin\/gitlab-runner` · 304\.0 s<\/sub>\n$/,
    );
  });

  it('leads to each case where others can open the report', () => {
    const run = results([outcome({ id: 'git/a' }), outcome({ id: 'git/b', outcome: 'fail' })], {
      environment: { ...results([]).environment, reportUrl: 'https://ci.example/r.html' },
    });
    expect(summaryMarkdown(run)).toContain('[`git/b`](https://ci.example/r.html#case-2)');
    expect(summaryMarkdown(run)).toContain('[report](https://ci.example/r.html)');
  });

  it('lets no word of elsewhere format anything, close a part or call somebody', () => {
    const evil = '</details><script>x</script> | `code` *b* [l](http://e) @all #12 !3 ~bug\n# Title';
    const text = summaryMarkdown(
      results([
        outcome({ id: 'git/a', outcome: 'fail', reason: evil, requirement: evil, citation: evil }),
        outcome({ id: 'git/b', outcome: 'info', level: 'C', reason: evil }),
      ]),
    );
    expect(text).not.toMatch(/<script|@all|#12|!3|~bug|\n# Title|[^\\]\[l\]/);
    expect(text.match(/<\/details>/g)).toHaveLength(2);
    for (const line of text.split('\n').filter((each) => each.startsWith('| ✗'))) {
      expect(line.replaceAll('\\|', '').split('|')).toHaveLength(5);
    }
  });

  it('stays far below what GitHub takes for a step, whatever a run found', () => {
    const { results: run } = largeRun(3000);
    const varied = {
      ...run,
      outcomes: run.outcomes.map((each, nth) => ({
        ...each,
        reason: `${String.fromCodePoint(0x4e00 + nth)} ${'word '.repeat(200)}`,
        findings: [],
      })),
    };
    expect(Buffer.byteLength(summaryMarkdown(varied))).toBeLessThan(300_000);
  });

  it('tells unstable cases with how often they came out how', () => {
    const came = [
      { outcome: 'pass', times: 48, case: 'git/a[repeat=1]', says: 'Well.' },
      { outcome: 'fail', times: 2, case: 'git/a[repeat=9]', says: 'Early.' },
    ] as const;
    const run = results([outcome({ id: 'git/a[repeat=1]' })], {
      unstable: [{ id: 'git/a', differs: 'outcome', came }],
    });
    expect(summaryMarkdown(run)).toContain('| `git/a` | 48 × Well.<br>2 × Early. |');
  });
});
