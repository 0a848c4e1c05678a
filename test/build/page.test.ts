import { describe, expect, it } from 'vitest';
import { changesBetween } from '../../build/page/changes.ts';
import { wrongIn } from '../../build/page/check.ts';
import type { CoveredPage, Section } from '../../build/page/coverage.ts';
import { changesInWords } from '../../build/page/report.ts';
import { sentencesOf } from '../../build/page/sentences.ts';

const texts = (markdown: string): string[] => sentencesOf(markdown).map(({ text }) => text);

describe('the sentences of a page', () => {
  it('are cut where they end, and not within code, a link, a number or an abbreviation', () => {
    expect(
      texts(
        'Set `a.b. C` first. See [the page. Now](https://x.test/a.B?c. D) for 1.5 s, e.g. Docker. **It is so.** Then it ends.',
      ),
    ).toEqual(['Set a.b. C first.', 'See the page. Now for 1.5 s, e.g. Docker.', 'It is so.', 'Then it ends.']);
  });

  it('are joined from lines, below their headings, without front matter and the marks of lists and notes', () => {
    const page = `---
title: A page
---

# A page **(FREE)**

DETAILS:
**Tier:** All of them

NOTE:
It goes
on here.

## The \`second\` part

{{< details >}}

- Tier: Free

{{< /details >}}

1. First
   this.
   - Then that.

> [!note]
> Mind
> the gap on \\*nix.

| Header | Value |
|--------|-------|
| \`One\` | 1 |
`;
    expect(sentencesOf(page).map(({ heading, text }) => `${heading}: ${text}`)).toEqual([
      'A page: A page',
      'A page: It goes on here.',
      'The second part: The second part',
      'The second part: First this.',
      'The second part: Then that.',
      'The second part: Mind the gap on *nix.',
      'The second part: | Header | Value |',
      'The second part: | One | 1 |',
    ]);
  });

  it('have lines of code beside them, which are not cut', () => {
    expect(sentencesOf('Do:\n\n   ```toml\n   a = "b. C"\n\n   c\n   ```\n')).toEqual([
      { kind: 'text', heading: '', text: 'Do:' },
      { kind: 'code', heading: '', text: 'a = "b. C"' },
      { kind: 'code', heading: '', text: 'c' },
    ]);
  });
});

describe('what changed between two versions', () => {
  const older = '## Here\n\nIt waits one minute. It stays. It goes.\n\n## There\n\nIt is the same.\n';

  it('is nothing where lines, links, marks and places differ', () => {
    expect(
      changesBetween(
        older,
        '## There\n\n> It is\n> [the](x) `same`.\n\n## Here\n\nIt waits one minute. It stays.\nIt goes.\n',
      ),
    ).toEqual([]);
  });

  it('is exactly the sentences that are new, gone, or in other words', () => {
    const changes = changesBetween(
      older,
      older
        .replace('one minute', 'two minutes')
        .replace(' It goes.', '')
        .replace('same.', 'same. And `NO_PROXY` is set.'),
    );
    expect(changes.map(({ was, is }) => [was?.text, is?.text])).toEqual([
      ['It waits one minute.', 'It waits two minutes.'],
      [undefined, 'And NO_PROXY is set.'],
      ['It goes.', undefined],
    ]);
  });

  it('is one of two sentences that were alike', () => {
    expect(changesBetween('It is so. It is so.', 'It is so.')).toEqual([
      { was: { kind: 'text', heading: '', text: 'It is so.' } },
    ]);
  });
});

const sections: readonly Section[] = [
  {
    headings: ['Here', 'Hither'],
    sentences: [
      { says: 'waits', by: ['team/waits'] },
      { says: 'goes', why: 'no matter' },
    ],
  },
];

describe('what covers a change', () => {
  const report = (older: string, newer: string): string =>
    changesInWords('page.md', changesBetween(older, newer), sections);

  it('is told by heading and quoted words', () => {
    expect(
      report('## Hither\n\nIt waits a minute.\n', '## Hither\n\nIt waits two minutes. It goes. It runs.\n'),
    ).toBe(`page.md: 3 sentences changed

  “Hither”
    now:  It waits two minutes.
    was:  It waits a minute.
          team/waits
    new:  It goes.
          no matter
    new:  It runs.
          nothing covers it
`);
  });

  it('is nothing below another heading', () => {
    expect(report('', '## There\n\nIt waits.\n')).toContain('nothing covers it');
  });
});

describe('a list of covered sentences', () => {
  const page: CoveredPage = { title: 'Page', paths: ['page.md'], whole: true, sections };
  const wrong = (markdown: string, of = page) => wrongIn(of, '14.10', sentencesOf(markdown));

  it('accounts for every sentence', () => {
    expect(wrong('## Here\n\nIt waits. It goes.\n')).toEqual([]);
    expect(wrong('## Here\n\nIt waits. It goes. It runs.\n')).toEqual(['nothing accounts for “It runs.” below “Here”']);
    expect(wrong('## Here\n\nIt waits. It goes. It runs.\n', { ...page, whole: false })).toEqual([]);
  });

  it('has no entry that a page does not have', () => {
    expect(wrong('## Here\n\nIt waits.\n')).toEqual(['there is no “goes”']);
  });

  it('knows from when and until when a page has a sentence', () => {
    const late = {
      ...page,
      sections: [{ headings: ['Here'] as const, sentences: [{ says: 'waits', from: '17.5' as const }] }],
    };
    expect(wrong('', late)).toEqual([]);
    expect(wrong('## Here\n\nIt waits.\n', { ...late, whole: false })).toEqual(['“waits” is there already, or still']);
  });
});
