import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../harness/report/history/model/build-model.ts';
import { measuredSeries } from '../../../harness/report/history/model/measured-series.ts';
import { runChanges } from '../../../harness/report/history/model/run-changes.ts';
import { compareVersions } from '../../../harness/report/history/model/versions.ts';
import { changesTitle } from '../../../harness/report/history/site/changes-html.ts';
import { measured, oneRun } from './made-standings.ts';

const changedIn = (...runs: ReturnType<typeof oneRun>[]): unknown => buildModel(runs).standings.at(-1)?.changed;

describe('versions', () => {
  it('are in the order of their numbers, a build without one last', () => {
    const all = [
      'development version',
      '18.10.0',
      '9.5.0',
      '18.9.1',
      '18.9.1~pre.10.gab',
      '18.9.1~pre.2.gabc',
      'v17.0.0',
    ];
    expect(all.toSorted(compareVersions)).toEqual([
      '9.5.0',
      'v17.0.0',
      '18.9.1~pre.2.gabc',
      '18.9.1~pre.10.gab',
      '18.9.1',
      '18.10.0',
      'development version',
    ]);
  });
});

describe('what is known of a case', () => {
  it('is of the newest run that has it, though a later one has not', () => {
    const { standings } = buildModel([
      oneRun('17.0.0', 1, { 'a/one': 'fail' }),
      oneRun('17.0.0', 2, { 'a/two': 'pass' }),
    ]);
    expect(standings).toMatchObject([
      { id: 'a/one', outcome: 'fail', startedAt: '2026-01-01T10:00:00.000Z' },
      { id: 'a/two', outcome: 'pass' },
    ]);
  });

  it('changed when the run before it of the same version says otherwise', () => {
    const runs = [oneRun('17.0.0', 1, { 'a/one': 'pass' }), oneRun('17.0.0', 2, { 'a/one': 'fail' })];
    expect(changedIn(...runs)).toEqual({ before: 'pass', at: '2026-01-02T10:00:00.000Z', isRecent: true });
    expect(changedIn(...runs, oneRun('17.0.0', 3, { 'a/one': 'fail' }))).toMatchObject({ isRecent: false });
  });

  it('changed when the version before says otherwise, however many runs agree', () => {
    const before = oneRun('9.1.0', 1, { 'a/one': 'pass' });
    const now = [2, 3].map((day) => oneRun('17.0.0', day, { 'a/one': 'fail' }));
    const change = { before: 'pass', since: '9.1.0', at: '2026-01-02T10:00:00.000Z', isRecent: true };
    expect(changedIn(before, ...now)).toEqual(change);
  });

  it('is held against nothing of another profile', () => {
    const other = oneRun('16.0.0', 1, { 'a/one': 'pass' }, { profile: '18.3' });
    expect(buildModel([other, oneRun('17.0.0', 2, { 'a/one': 'fail' })]).standings.some(({ changed }) => changed)).toBe(
      false,
    );
  });

  it('changed when a measured answer is another, and not for a time that is as good as the same', () => {
    const first = oneRun('17.0.0', 1, { 'checks/x': measured('Again after 60.0 s.') });
    expect(changedIn(first, oneRun('18.0.0', 2, { 'checks/x': measured('Again after 60.4 s.') }))).toBeUndefined();
    const other = oneRun('18.0.0', 2, { 'checks/x': measured('Again after 0.10 s.') });
    expect(changedIn(first, other)).toMatchObject({ before: 'info', since: '17.0.0' });
  });

  it('did not change when its answer is another one in every run, as its scenario says', () => {
    const lost = (count: number, steady?: string) => ({
      'checks/x': { ...measured(`${count} of 12 are lost.`), ...(steady === undefined ? {} : { steady }) },
    });
    const told = (...runs: ReturnType<typeof oneRun>[]): unknown => [
      changedIn(...runs),
      runChanges(runs).flatMap(({ changes }) => changes.map(({ scenario }) => scenario)),
    ];
    // The first run was made before the scenario said so.
    expect(
      told(oneRun('17.0.0', 1, lost(1)), oneRun('17.0.0', 2, lost(3, '')), oneRun('18.0.0', 3, lost(5, ''))),
    ).toEqual([undefined, []]);
    expect(told(oneRun('17.0.0', 1, lost(1, '2 more')), oneRun('17.0.0', 2, lost(3, '4 more')))).toMatchObject([
      { before: 'info' },
      ['checks/x'],
    ]);
  });
});

describe('changes from run to run', () => {
  const runs = [
    oneRun('17.0.0', 1, { 'a/one': 'pass', 'a/two': 'fail', 'checks/x': measured('Again after 60.0 s.') }),
    oneRun('17.0.0', 2, { 'a/one': 'pass', 'a/two': 'fail' }),
    oneRun('18.0.0', 3, { 'a/one': 'fail', 'a/two': 'pass', 'checks/x': measured('Again after 2.00 s.') }),
    oneRun('18.0.0', 4, { 'a/one': 'skip', 'a/two': 'pass' }),
  ];

  it('are told of the first run of a version, and of what says otherwise', () => {
    expect(runChanges(runs).map(changesTitle)).toEqual([
      'gitlab-runner 17.0.0, profile 14.10: the first run',
      'gitlab-runner 18.0.0, profile 14.10: 1 case got worse, 1 case got better, 1 case changed otherwise since 17.0.0',
      'gitlab-runner 18.0.0, profile 14.10: 1 case without a verdict on one side since the run of 2026-01-03',
    ]);
  });

  it('have the answers that became others', () => {
    expect(runChanges(runs)[1]?.changes.find(({ scenario }) => scenario === 'checks/x')?.answers).toEqual([
      'Again after 60.0 s.',
      'Again after 2.00 s.',
    ]);
  });
});

describe('changes from version to version', () => {
  const first = oneRun('17.0.0', 1, { 'a/one': 'pass' });
  const newest = oneRun('19.0.0', 2, { 'a/one': 'fail' });
  const told = (...runs: ReturnType<typeof oneRun>[]): string[] =>
    runChanges(runs).map((each) => `${each.at.slice(8, 10)} ${changesTitle(each).replace('gitlab-runner ', '')}`);

  it('are told against the next older one, though that was run later', () => {
    expect(told(first, newest)).toEqual([
      '01 17.0.0, profile 14.10: the first run',
      '02 19.0.0, profile 14.10: 1 case got worse since 17.0.0',
    ]);
    // An older release, run afterwards, is where it came from: what the newest version changed is now another thing.
    expect(told(first, newest, oneRun('18.0.0', 3, { 'a/one': 'fail' }))).toEqual([
      '01 17.0.0, profile 14.10: the first run',
      '03 18.0.0, profile 14.10: 1 case got worse since 17.0.0',
      '03 19.0.0, profile 14.10: nothing changed since 18.0.0',
    ]);
    expect(told(oneRun('18.0.0', 1, { 'a/one': 'fail' }), oneRun('17.11.9', 2, { 'a/one': 'pass' }))).toEqual([
      '02 17.11.9, profile 14.10: the first run',
      '02 18.0.0, profile 14.10: 1 case got worse since 17.11.9',
    ]);
  });

  it('pass over what says nothing: a version, or a run in between', () => {
    const broke = oneRun('18.0.0', 2, { 'a/one': 'error' });
    const third = oneRun('19.0.0', 3, { 'a/one': 'fail' });
    expect(told(first, broke, third)).toEqual([
      '01 17.0.0, profile 14.10: the first run',
      '02 18.0.0, profile 14.10: 1 case without a verdict on one side since 17.0.0',
      '03 19.0.0, profile 14.10: 1 case got worse since 18.0.0',
    ]);
    expect(runChanges([first, broke, third]).at(-1)?.changes).toMatchObject([{ before: 'pass', since: '17.0.0' }]);
    expect(changedIn(first, broke, third)).toMatchObject({ before: 'pass', since: '17.0.0' });
    expect(changedIn(first, broke, oneRun('19.0.0', 3, { 'a/one': 'pass' }))).toBeUndefined();

    const again = oneRun('17.0.0', 2, { 'a/one': 'skip' });
    expect(told(first, again, oneRun('17.0.0', 3, { 'a/one': 'pass' }))).toHaveLength(2);
    expect(told(first, again, oneRun('17.0.0', 3, { 'a/one': 'fail' })).at(-1)).toBe(
      '03 17.0.0, profile 14.10: 1 case got worse since the run of 2026-01-02',
    );
    expect(changedIn(first, again, oneRun('17.0.0', 3, { 'a/one': 'pass' }))).toBeUndefined();
  });

  it('are told by night where main has runs between those of a release branch', () => {
    const nights = [1, 3].map((day) =>
      oneRun(`18.6.0~pre.${day + 8}.gab`, day, { 'a/one': day === 1 ? 'pass' : 'fail' }),
    ) as [ReturnType<typeof oneRun>, ReturnType<typeof oneRun>];
    const release = oneRun('18.5.1', 2, { 'a/one': 'pass' });
    expect(told(nights[0], release, nights[1])).toEqual([
      '02 18.5.1, profile 14.10: the first run',
      '02 18.6.0~pre.9.gab, profile 14.10: nothing changed since 18.5.1',
      '03 18.6.0~pre.11.gab, profile 14.10: 1 case got worse since 18.6.0~pre.9.gab',
    ]);
  });

  it('are told in the order of the runs where a build has no number', () => {
    const builds = [oneRun('f00d', 1, { 'a/one': 'pass' }), oneRun('beef', 2, { 'a/one': 'fail' })];
    expect(told(...builds)).toEqual([
      '01 f00d, profile 14.10: the first run',
      '02 beef, profile 14.10: 1 case got worse since f00d',
    ]);
    expect(changedIn(...builds)).toMatchObject({ before: 'pass', since: 'f00d' });
  });
});

describe('what was measured, over runs', () => {
  it('is a series for each quantity, with gaps where nothing was measured', () => {
    const answers = ['2 requests in 10.0 s.', undefined, '3 requests in 10.2 s.'];
    const runs = answers.map((answer, day) =>
      oneRun('17.0.0', day + 1, answer === undefined ? { 'a/one': 'pass' } : { 'checks/x': measured(answer) }),
    );
    expect(measuredSeries(runs)).toMatchObject([
      {
        id: 'checks/x',
        isConstant: false,
        series: [
          { name: 'requests', unit: '', amounts: [2, undefined, 3] },
          { unit: 's', amounts: [10, undefined, 10.2] },
        ],
      },
    ]);
  });
});
