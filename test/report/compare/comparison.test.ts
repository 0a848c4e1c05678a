import { describe, expect, it } from 'vitest';
import type { CaseOutcome } from '../../../harness/conformance/outcome.ts';
import { compareRuns } from '../../../harness/report/compare/comparison.ts';
import { isWorse } from '../../../harness/report/compare/index.ts';
import { toldGroups, type VersionComparison } from '../../../harness/report/compare/pages.ts';
import { toldOf } from '../../../harness/report/compare/told.ts';
import { fails, holds, measures, runOf } from './_runs.ts';

const compared = (before: readonly CaseOutcome[], after: readonly CaseOutcome[]) =>
  compareRuns(runOf('17.11.4', before), runOf('18.11.4', after));

const kindOf = (before: CaseOutcome, after: CaseOutcome) => compared([before], [after]).groups[0]?.kind;

describe('what changed about a case', () => {
  const id = 'rate-limit/reset-time-invalid';
  it.each([
    ['worse', holds(id), fails(id, 'it did not come again')],
    ['worse', holds(id), holds(id, { outcome: 'warn' })],
    ['worse', holds(id), holds(id, { outcome: 'blocked' })],
    ['better', fails(id, 'it did not come again'), holds(id)],
    ['otherwise', fails(id, 'it did not come again'), fails(id, 'it came again 0.10 s after the 429')],
    ['measured', measures(id, ['again after 60.0 s']), measures(id, ['again after 5.00 s'])],
    ['measured', measures(id, ['again after 60.0 s']), measures(id, ['again after 60.0 s', 'twice'])],
    ['unknown', holds(id), holds(id, { outcome: 'skip', reason: 'There is no squid here.' })],
    ['unknown', fails(id, 'no'), holds(id, { outcome: 'error' })],
    [undefined, holds(id), holds(id)],
    [undefined, holds(id, { outcome: 'skip' }), holds(id, { outcome: 'skip' })],
    [undefined, measures(id, ['again after 60.0 s']), measures(id, ['again after 60.8 s'])],
    [undefined, fails(id, 'it came again 1.20 s after the 429'), fails(id, 'it came again 1.90 s after the 429')],
  ] as const)('%s', (kind, before, after) => {
    expect(kindOf(before, after)).toBe(kind);
  });

  it('pairs questions that have a moment in them, or came to be asked in other words', () => {
    const asking = (asked: string, answer: string): CaseOutcome =>
      measures(id, [], { findings: [{ verdict: 'measured', expected: asked, observed: answer, evidence: [] }] });
    const [group] = compared(
      [asking('whether epoch ("1796000000") is a date', 'again after 60.0 s')],
      [asking('whether epoch ("1796009999") is a date', 'again after 1.00 s')],
    ).groups;
    expect(group && toldOf(group)).toEqual({ was: 'again after 60.0 s', is: 'again after 1.00 s' });
  });
});

describe('the same change in many cases', () => {
  const cases = ['[body=json]', '[body=text]', '[body=json][request=trace]', '[body=text][request=trace]', ''];
  const ids = cases.map((axes) => `rate-limit/retry-after${axes}`);

  it('is said once, by the fewest patterns, with the range of its quantities', () => {
    const before = ids.map((id) => measures(id, ['again after 60.0 s']));
    const after = ids.map((id, index) =>
      measures(id, [index === 4 ? 'again after 60.0 s' : `again after ${index + 1}.00 s`]),
    );
    const { groups, same } = compared(before, after);
    expect(same).toBe(1);
    expect(groups).toHaveLength(1);
    const [group] = groups;
    expect(group).toMatchObject({ patterns: ['rate-limit/retry-after[*'], of: 5 });
    expect(group && toldOf(group)).toEqual({ was: 'again after 60.0 s', is: 'again after 1.00 s to 4.00 s' });
  });

  it('leaves out of its sentence what an axis says', () => {
    const statuses = ['500', '502'].map((status) => `rate-limit/other-statuses[status=${status}]`);
    const said = (tail: string) => statuses.map((id) => measures(id, [`${id.slice(-4, -1)}: ${tail}`]));
    const { groups } = compared(said('no retry in the time watched'), said('1 retry, after 1.00 s'));
    expect(groups.map((group) => toldOf(group).is)).toEqual(['…: 1 retry, after 1.00 s']);
  });

  it('is told apart from another one, worse before better, required before recommended', () => {
    const before = [holds(ids[0] as string, { level: 'O' }), holds('git/clone'), fails('git/lfs', 'it failed')];
    const after = [
      holds(ids[0] as string, { level: 'O', outcome: 'warn' }),
      fails('git/clone', 'it went around the proxy'),
      holds('git/lfs'),
    ];
    const { groups } = compared(before, after);
    expect(groups.map(({ kind, scenario }) => `${kind} ${scenario}`)).toEqual([
      'worse git/clone',
      'worse rate-limit/retry-after',
      'better git/lfs',
    ]);
  });
});

it('knows answers that are another one in every run, and cases that only one run has', () => {
  const varying = (answer: string): CaseOutcome => {
    const each = measures('cntlm/parent-failover', [answer]);
    return { ...each, findings: each.findings.map((one) => ({ ...one, varies: 'it depends on the moment' })) };
  };
  const comparison = compared(
    [varying('1 of 12 are lost'), holds('git/old')],
    [varying('2 of 12 are lost'), holds('git/new')],
  );
  expect(comparison.groups).toEqual([]);
  expect(comparison.varying.map(({ after }) => after.id)).toEqual(['cntlm/parent-failover']);
  expect([comparison.onlyBefore, comparison.onlyAfter].map((each) => each.map(({ id }) => id))).toEqual([
    ['git/old'],
    ['git/new'],
  ]);
});

describe('under the profiles of both versions', () => {
  const id = 'rate-limit/reset-time-invalid';
  const NEW = 'When the header is no valid date, it falls to Retry-After.';
  const main = compared([holds(id)], [fails(id, 'it came again 0.10 s after the 429')]);
  const beside = (after: CaseOutcome) =>
    compareRuns(
      runOf('17.11.4', [fails(id, 'it came again 60.0 s after the 429', { requirement: NEW })], '18.3'),
      runOf('18.11.4', [after], '18.3'),
    );

  it('a change that the newer page asks for is the page’s, and nothing got worse', () => {
    const comparison: VersionComparison = { main, beside: beside(holds(id, { requirement: NEW })) };
    expect(isWorse({ main })).toBe(true);
    expect(isWorse(comparison)).toBe(false);
    const [first, second] = toldGroups(comparison);
    expect(first).toMatchObject({ kind: 'worse', page: { profile: '18.3', requirement: NEW } });
    expect(second).toMatchObject({ kind: 'better', onlyUnder: '18.3' });
  });

  it('one that it does not ask for, or that the newer version does not do, is the runner’s', () => {
    const comparison = { main, beside: beside(fails(id, 'it came again 0.10 s after the 429', { requirement: NEW })) };
    expect(toldGroups(comparison)[0]?.page).toBeUndefined();
    expect(isWorse(comparison)).toBe(true);
    const unchanged = { main, beside: beside(holds(id)) };
    expect(isWorse(unchanged)).toBe(true);
  });

  it('what is worse under the newer page alone is worse', () => {
    const same = compared([holds(id)], [holds(id)]);
    const worse = compareRuns(runOf('17.11.4', [holds(id)], '18.3'), runOf('18.11.4', [fails(id, 'no')], '18.3'));
    expect(isWorse({ main: same, beside: worse })).toBe(true);
  });
});
