import { expect, it } from 'vitest';
import { exitCodeOf } from '../../harness/cli/exit-code.ts';
import { unstableCases } from '../../harness/report/index.ts';
import { outcome, results } from './builder.ts';

const info = (id: string, reason: string) => outcome({ id, outcome: 'info', level: 'C', reason });

it('a case is unstable when a repetition came out otherwise; a time that a busy machine makes of it does not count', () => {
  const found = unstableCases([
    outcome({ id: 'git/a[x=1][repeat=1]', outcome: 'fail', reason: 'Early.' }),
    outcome({ id: 'git/a[x=1][repeat=2]', reason: 'Well.' }),
    outcome({ id: 'git/a[x=1][repeat=3]', reason: 'Well, later.' }),
    outcome({ id: 'git/b[repeat=1]' }),
    outcome({ id: 'git/b[repeat=2]', outcome: 'skip', reason: 'git is absent.' }),
    info('git/c[repeat=1]', 'It asked again after 3.02 s.'),
    info('git/c[repeat=2]', 'It asked again after 3.51 s.'),
    info('git/d[repeat=1]', 'The push says so.'),
    info('git/d[repeat=2]', 'The push hangs.'),
    outcome({ id: 'git/e' }),
  ]);
  expect(found).toEqual([
    {
      id: 'git/a[x=1]',
      differs: 'outcome',
      came: [
        { outcome: 'pass', times: 2, case: 'git/a[x=1][repeat=2]', says: 'Well.' },
        { outcome: 'fail', times: 1, case: 'git/a[x=1][repeat=1]', says: 'Early.' },
      ],
    },
    {
      id: 'git/d',
      differs: 'answer',
      came: [
        { outcome: 'info', times: 1, case: 'git/d[repeat=1]', says: 'The push says so.' },
        { outcome: 'info', times: 1, case: 'git/d[repeat=2]', says: 'The push hangs.' },
      ],
    },
  ]);
});

it('fails the run where outcomes differ, though each may be as expected; not where answers alone do', () => {
  const outcomes = [
    outcome({ id: 'git/a[repeat=1]', outcome: 'warn', level: 'O' }),
    outcome({ id: 'git/a[repeat=2]', level: 'O' }),
  ];
  const quiet = { stderr: { write: () => true } as unknown as NodeJS.WriteStream };
  expect(exitCodeOf(results(outcomes), quiet)).toBe(0);
  expect(exitCodeOf(results(outcomes, { unstable: unstableCases(outcomes) }), quiet)).toBe(1);
  const answers = [info('git/d[repeat=1]', 'The push says so.'), info('git/d[repeat=2]', 'The push hangs.')];
  expect(exitCodeOf(results(answers, { unstable: unstableCases(answers) }), quiet)).toBe(0);
});
