import { expect, it } from 'vitest';
import { annotations } from '../../../harness/report/index.ts';
import { outcome, results } from '../builder.ts';

const failed = (id: string, observed: string) =>
  outcome({
    id,
    outcome: 'fail',
    requirement: 'It waits.',
    citation: 'The page, “Limits”',
    findings: [{ verdict: 'fails', expected: 'it waits', observed, evidence: [] }],
  });

/** As the runner of GitHub reads a line. */
function asGitHub(line: string): { title: string; message: string } {
  const [, properties = '', message = ''] = /^::error ([^:]*)::(.*)$/.exec(line) ?? [];
  const read = (text: string): string =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const [, title = ''] = /(?:^|,)title=([^,]*)/.exec(properties) ?? [];
  return { title: read(title), message: read(message) };
}

it('each distinct finding is one line, which GitHub reads as it was meant', () => {
  const run = results(
    [
      failed('git/a[x=1,2]', '50% came\nafter 1 s: too early'),
      failed('git/a[x=3]', '50% came\nafter 2 s: too early'),
      outcome({ id: 'git/b' }),
    ],
    {
      environment: { ...results([]).environment, reportUrl: 'https://ci.example/r.html' },
      unusedExpectations: ['git/z'],
    },
  );
  const lines = annotations(run).trimEnd().split('\n');
  expect(lines.map(asGitHub)).toEqual([
    {
      title: 'git/a[x=1,2] and 1 case more',
      message:
        '50% came\\u{a}after 1 s: too early.\nRequirement: It waits. (The page, “Limits”)\nhttps://ci.example/r.html#case-1'.replace(
          '50',
          '50',
        ),
    },
    { title: 'Expectations', message: 'The entry git/z matches nothing. Take it out, or correct it.' },
  ]);
});

it('no word of elsewhere makes a line or a command of its own', () => {
  const text = annotations(results([failed('git/a', 'x\n::add-mask::secret\r\n::error::no\u001b[2J')]));
  expect(text.trimEnd().split(/[\r\n]/)).toHaveLength(1);
  expect(text).not.toContain('\u001b');
});

it('GitHub shows ten of a kind, so the tenth says what else there is', () => {
  const letters = 'abcdefghijklm'.split('');
  const lines = annotations(results(letters.map((letter) => failed(`git/${letter}`, `it said ${letter}`))))
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(10);
  expect(asGitHub(lines[9] ?? '').message).toContain('This is 9 of 13 findings; see the report.');
  expect(annotations(results([outcome({ id: 'git/a' })]))).toBe('');
});
