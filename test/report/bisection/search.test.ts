import { describe, expect, it } from 'vitest';
import { findChange, observedIn, otherwise, unstable } from '../../../harness/report/bisection/index.ts';
import { answer, caseOf, fails, holds } from '../matrix/_runs.ts';

describe('the first that behaves otherwise', () => {
  it.each([2, 3, 4, 7, 16, 33, 100])(
    'is found among %i in as few looks as halves take, wherever it is',
    async (count) => {
      const list = Array.from({ length: count }, (_, index) => index);
      for (const first of list.slice(1)) {
        let looks = 0;
        const found = await findChange(list, async (each) => {
          looks++;
          return each >= first;
        });
        expect(found).toEqual({ last: first - 1, first, unknown: [] });
        expect(looks).toBeLessThanOrEqual(Math.ceil(Math.log2(count)));
      }
    },
  );

  it('passes over those that say nothing, and names them where they lie between', async () => {
    const list = [0, 1, 2, 3, 4, 5, 6, 7];
    const silent = new Set([3, 4]);
    const look = async (each: number) => (silent.has(each) ? undefined : each >= 4);
    expect(await findChange(list, look)).toEqual({ last: 2, first: 5, unknown: [3, 4] });
  });
});

describe('what was observed', () => {
  const [good, bad] = [[holds('the body')], [fails('the body', 'none')]];

  it('is otherwise where something was never done before', () => {
    const [old, now] = [observedIn([caseOf('a/x', ...good)]), observedIn([caseOf('a/x', ...bad)])];
    expect([otherwise(old, now), otherwise(old, old)]).toEqual([['a/x'], []]);
    const [one, close, far] = ['0.50 s', '0.60 s', '9.0 s'].map((time) =>
      observedIn([caseOf('a/x', answer(`again after ${time}`))]),
    ) as [typeof old, typeof old, typeof old];
    expect([otherwise(one, close), otherwise(one, far)]).toEqual([[], ['a/x']]);
    // What was skipped says nothing.
    expect(otherwise(old, observedIn([caseOf('a/x')]))).toEqual([]);
  });

  it('is unstable where repetitions differ, and then either way is the usual one', () => {
    const flaky = observedIn([caseOf('a/x[repeat=1]', ...good), caseOf('a/x[repeat=2]', ...bad)]);
    expect(unstable(flaky)).toEqual(['a/x']);
    expect(otherwise(flaky, observedIn([caseOf('a/x', ...bad)]))).toEqual([]);
    expect(otherwise(observedIn([caseOf('a/x', ...good)]), flaky)).toEqual(['a/x']);
  });
});
