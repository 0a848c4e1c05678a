import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matrixJson, matrixOf, matrixPage, matrixText } from '../../../harness/report/matrix/index.ts';
import { matrixJsonSchema, matrixSchema } from '../../../harness/report/matrix/schema.ts';
import { answer, caseOf, fails, holds, resultsOf } from './_runs.ts';

const BODY = 'the same request again, with the same body';
const WAIT = 'the request comes again after 1 minute, 59.0 s to 62.0 s after the 429';
const text = (...versions: Parameters<typeof matrixOf>[0]): string => matrixText(matrixOf(versions), 200);

describe('a matrix', () => {
  it('names a boundary once, however many cases show it, and between which versions it lies', () => {
    const old = [
      caseOf('a/x[body=json]', fails(BODY, 'no body')),
      caseOf('a/x[body=text]', fails(BODY, 'no body')),
      caseOf('a/y', fails(BODY, 'no body'), holds('it ends')),
      caseOf('a/z', holds(WAIT)),
    ];
    const now = [
      caseOf('a/x[body=json]', holds(BODY)),
      caseOf('a/x[body=text]', holds(BODY)),
      caseOf('a/y', holds(BODY), holds('it ends')),
      caseOf('a/z', fails(WAIT, 'it came again after 0.10 s')),
    ];
    // In any order: versions are put in theirs.
    const { boundaries } = matrixOf([
      { results: resultsOf('17.10.0', now), report: 'runs/2/report.html' },
      { results: resultsOf('17.9.0', old), report: 'runs/1/report.html' },
      { results: resultsOf('18.0.0', now) },
    ]);
    expect(boundaries).toMatchObject([
      { turn: 'worse', says: WAIT, cases: ['a/z'], after: 'it came again after 0.10 s' },
      {
        turn: 'better',
        says: BODY,
        before: 'no body',
        after: 'so it was',
        from: { version: '17.9.0' },
        to: { version: '17.10.0' },
        scenarios: ['a/x', 'a/y'],
        cases: ['a/x[body=json]', 'a/x[body=text]', 'a/y'],
      },
    ]);
  });

  it('passes over what says nothing, and compares under one profile alone', () => {
    const [good, none, bad] = [caseOf('a/x', holds(BODY)), caseOf('a/x'), caseOf('a/x', fails(BODY, 'no body'))];
    const same = [{ results: resultsOf('1.0.0', [good]) }, { results: resultsOf('1.1.0', [none]) }];
    expect(matrixOf([...same, { results: resultsOf('1.2.0', [good]) }]).boundaries).toEqual([]);
    expect(matrixOf([...same, { results: resultsOf('1.2.0', [bad], '18.3') }]).boundaries).toEqual([]);
    expect(matrixOf([...same, { results: resultsOf('1.2.0', [bad]) }]).boundaries).toMatchObject([
      { turn: 'worse', from: { version: '1.0.0' }, to: { version: '1.2.0' } },
    ]);
    expect(text(...same)).toContain('Cases without a verdict, gitlab-runner, profile 14.10: 1.1.0 1 of 1 (skipped).');
    const gap = [...same, { results: resultsOf('1.2.0', [bad]) }];
    expect(text(...gap)).toContain('1.0.0 → 1.2.0 (1.1.0 says nothing of these cases)');
    expect(text(...gap)).toContain('      now: no body\n');
    expect(matrixPage(matrixOf(gap), '0.1.0')).toContain('1 change; 1.1.0 says nothing of these cases');
    const broken = { ...none, outcome: 'error' as const };
    expect(text({ results: resultsOf('1.0.0', [broken, caseOf('a/y')]) })).toContain(
      'profile 14.10: 1.0.0 2 of 2 (1: the harness broke, 1: skipped).',
    );
    expect(text(...same)).toContain('No behaviour changes');
  });

  it('takes the change of a case that says nothing of the versions between for the one that others show there', () => {
    const version = (number: string, ...[x, y]: readonly [boolean, boolean | undefined]) => {
      const of = (id: string, good: boolean) => caseOf(id, good ? holds(BODY) : fails(BODY, 'no body'));
      return { results: resultsOf(number, [of('a/x', x), y === undefined ? caseOf('a/y') : of('a/y', y)]) };
    };
    const runs = [version('1.9.0', true, true), version('1.10.0', false, undefined), version('1.11.0', false, false)];
    expect(matrixOf(runs).boundaries).toMatchObject([
      { turn: 'worse', from: { version: '1.9.0' }, to: { version: '1.10.0' }, cases: ['a/x', 'a/y'] },
    ]);
  });

  it('compares measured answers by value, and has them over versions', () => {
    const runs = ['408: 1 more in 15.0 s', '408: 1 more in 15.2 s', '408: 4 more in 15.0 s'].map((observed, index) => ({
      results: resultsOf(`1.${index}.0`, [caseOf('a/m', answer(observed))]),
    }));
    const { boundaries, values } = matrixOf(runs);
    expect(boundaries).toMatchObject([
      { turn: 'other', says: 'what it does on 408', from: { version: '1.1.0' }, to: { version: '1.2.0' } },
    ]);
    expect(values.map(({ changes, points }) => [changes, points.map(({ amount }) => amount)])).toEqual([
      [true, [1, 1, 4]],
      [false, [15, 15.2, 15]],
    ]);
  });

  it('draws no boundary at an answer that is another one in every run, and one at another answer of the same case', () => {
    const lost = (count: number) => ({ ...answer(`${count} of 12 are lost`), varies: 'it depends on the moment' });
    const run = (version: string, ...findings: Parameters<typeof caseOf>[1][]) => ({
      results: resultsOf(version, [caseOf('a/m', ...findings)]),
    });
    const before = run('1.0.0', lost(1), answer('2 more'));
    const { boundaries, values } = matrixOf([before, run('1.1.0', lost(5), answer('2 more'))]);
    expect(boundaries).toEqual([]);
    expect(values.filter(({ changes }) => changes)).toEqual([]);
    // A run of before that was known says nothing of it; and an answer that is not given is none.
    expect(matrixOf([run('0.9.0', answer('3 of 12 are lost'), answer('2 more')), before]).boundaries).toEqual([]);
    expect(matrixOf([before, run('1.1.0', answer('2 more'))]).boundaries).toEqual([]);
    expect(matrixOf([before, run('1.1.0', lost(1), answer('3 more'))]).boundaries).toMatchObject([{ turn: 'other' }]);
  });

  it('lets the newest of several runs of one version have the last word', () => {
    const before = resultsOf('1.0.0', [caseOf('a/x', fails(BODY, 'no body')), caseOf('a/y', holds(BODY))]);
    const after = resultsOf('1.0.0', [caseOf('a/x', holds(BODY))]);
    const later = { ...after, environment: { ...after.environment, startedAt: '2026-11-29T10:00:00.000Z' } };
    const { tracks, rows } = matrixOf([{ results: later }, { results: before }]);
    expect(tracks.map(({ columns }) => columns.length)).toEqual([1]);
    expect(rows.map(({ groups }) => groups[0]?.cells[0]?.entry?.outcome.outcome)).toEqual(['pass', 'pass']);
  });

  it('is JSON as its schema says, which is published', () => {
    const run = (version: string, more: string, report?: string) => ({
      results: resultsOf(version, [caseOf('a/x', holds(BODY)), caseOf('a/m', answer(more)), caseOf('a/none')]),
      ...(report === undefined ? {} : { report }),
    });
    const matrix = matrixOf([
      run('1.0.0', '408: 1 more in 15.0 s', 'runs/1/report.html'),
      { results: resultsOf('1.1.0', [caseOf('a/x', fails(BODY, 'no body'))]) },
      run('1.2.0', '408: 4 more in 15.0 s', 'runs/2/report.html'),
    ]);
    const json = matrixSchema.parse(JSON.parse(JSON.stringify(matrixJson(matrix, '0.1.0'))));
    expect(json.boundaries.map(({ turn }) => turn).toSorted()).toEqual(['better', 'other', 'worse']);
    expect(json.values[0]?.points.map(({ label }) => label)).toEqual(['1.0.0', '1.1.0', '1.2.0']);
    const published = readFileSync(new URL('../../../schema/matrix.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published), 'It is out of date. Run npm run schema.').toEqual(matrixJsonSchema());
  });

  it('is a page on which cells lead to their cases and nothing of a run is HTML, a text and JSON', () => {
    const evil = '<img src=x onerror=alert(1)>';
    const runs = [
      {
        results: resultsOf('1.0.0', [caseOf('a/x', holds(BODY)), caseOf('a/y', holds(BODY))]),
        report: 'runs/1/report.html',
      },
      { results: resultsOf('1.1.0', [caseOf('a/y', fails(BODY, evil))]), report: 'runs/2/report.html' },
    ];
    const matrix = matrixOf(runs);
    const page = matrixPage(matrix, '0.1.0');
    expect(page).toContain('href="runs/1/report.html#case-2"');
    expect(page).toContain('class="cell fail" href="runs/2/report.html#case-1"');
    expect(page).toContain('Until 1.0.0, and no longer from 1.1.0 on: the same request again');
    expect(page).not.toContain('<img');
    expect(matrixText(matrix, 120)).toMatch(/1\.0\.0 → 1\.1\.0\n {2}- the same request again/);
    expect(JSON.parse(JSON.stringify(matrixJson(matrix, '0.1.0')))).toMatchObject({
      columns: [{ version: '1.0.0' }, { version: '1.1.0' }],
      boundaries: [{ turn: 'worse', cases: ['a/y'] }],
      requirements: [{ scenario: 'a/x', groups: [{ cells: [{ outcome: 'pass' }, null] }] }, { scenario: 'a/y' }],
    });
  });
});
