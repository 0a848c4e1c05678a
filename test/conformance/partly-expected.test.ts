import { expect, it } from 'vitest';
import { partlyExpected } from '../../harness/conformance/partly-expected.ts';
import { outcome } from '../report/builder.ts';

const known = (entry: string) =>
  ({ expected: 'fail', expectation: { outcome: 'fail', reason: 'known', entry } }) as const;

it('an entry that fits in part is told with how much of it fits, and with what to write instead', () => {
  const outcomes = [
    outcome({ id: 'git/a', outcome: 'fail', ...known('git/*') }),
    outcome({ id: 'git/a[proxy=squid]', ...known('git/*') }),
    outcome({ id: 'git/b', outcome: 'fail', ...known('git/*') }),
    outcome({ id: 'git/c', outcome: 'skip', ...known('git/*') }),
    outcome({ id: 'polling/a', outcome: 'fail', ...known('polling/a') }),
    outcome({ id: 'polling/b', ...known('polling/b') }),
  ];
  expect(partlyExpected(outcomes, [...outcomes, { id: 'git/b[proxy=squid]' }])).toEqual([
    { entry: 'git/*', expected: 'fail', fits: 2, of: 3, patterns: ['git/a[]', 'git/b[]'] },
  ]);
});

it('a case of which one repetition is otherwise fits in no pattern', () => {
  const outcomes = [
    outcome({ id: 'git/a[repeat=1]', outcome: 'fail', ...known('git/a') }),
    outcome({ id: 'git/a[repeat=2]', ...known('git/a') }),
  ];
  expect(partlyExpected(outcomes, [{ id: 'git/a' }])).toMatchObject([{ fits: 1, of: 2, patterns: [] }]);
});
