import { describe, expect, it } from 'vitest';
import { buildModel } from '../../../harness/report/history/model/build-model.ts';
import { parseQuery } from '../../../harness/report/history/query/parse-query.ts';
import { QueryError } from '../../../harness/report/history/query/query-error.ts';
import { known, measured, oneRun } from './made-standings.ts';

const reference = { subject: { kind: 'reference', name: 'reference:never-uses-proxy', version: '18.3.0' } };

const { standings } = buildModel([
  oneRun('17.11.4', 1, {
    'a/one': 'pass',
    'a/one[body=json]': 'pass',
    'a/two': 'fail',
    'b/three': 'warn',
    'checks/x': measured('400 s.'),
  }),
  oneRun('18.3.1', 2, { 'a/one': 'fail', 'a/one[body=json]': 'pass', 'a/two': known('https://bugs.example/7') }),
  oneRun('18.11.4', 31, { 'a/one': known(), 'a/one[body=json]': 'pass', 'a/two': 'pass' }),
  oneRun('18.11.4', 31, { 'a/two': 'pass' }, { profile: '18.3', generations: { docker: 'sid' } }),
  oneRun('18.3.0', 31, { 'a/two': 'error' }, reference),
]);

/** The results of a search, as `version id`. */
const found = (query: string): string[] =>
  standings.filter(parseQuery(query)).map(({ column, id }) => `${column.version} ${id}`);

describe('a search', () => {
  it.each<[query: string, results: string[]]>([
    ['outcome:fail runner:gitlab-runner version:>=18 changed', ['18.3.1 a/one']],
    ['OUTCOME:FAIL', ['17.11.4 a/two', '18.3.1 a/one', '18.3.1 a/two', '18.11.4 a/one']],
    ['fail known', ['18.3.1 a/two', '18.11.4 a/one']],
    ['fail not known', ['17.11.4 a/two', '18.3.1 a/one']],
    ['fail -known', ['17.11.4 a/two', '18.3.1 a/one']],
    ['fail !(known or version:17)', ['18.3.1 a/one']],
    ['outcome:warn,error', ['17.11.4 b/three', '18.3.0 a/two']],
    ['version:17 fail or version:18.11 fail', ['17.11.4 a/two', '18.11.4 a/one']],
    ['(version:17 or version:18.11) and fail', ['17.11.4 a/two', '18.11.4 a/one']],
    [
      'version:18.3..18.11 scenario:a/one',
      ['18.3.1 a/one', '18.3.1 a/one[body=json]', '18.11.4 a/one', '18.11.4 a/one[body=json]'],
    ],
    ['scenario:*/one[body=*', ['17.11.4 a/one[body=json]', '18.3.1 a/one[body=json]', '18.11.4 a/one[body=json]']],
    ['scenario:b', ['17.11.4 b/three']],
    ['requirement:"keeps b/three, with"', ['17.11.4 b/three']],
    ['three body', ['17.11.4 b/three']],
    ['"fail"', []],
    ['level:C', ['17.11.4 checks/x']],
    ['level:required warn', ['17.11.4 b/three']],
    ['profile:18.3', ['18.11.4 a/two']],
    ['profile:<18 version:>18.3 a/two', ['18.11.4 a/two']],
    ['generation:sid', ['18.11.4 a/two']],
    ['generation:none runner:reference', ['18.3.0 a/two']],
    ['since:2026-01-31 generation:none -runner:reference a/two', ['18.11.4 a/two']],
    ['until:2026-01-01 a/two', ['17.11.4 a/two']],
    ['since:2026-02', []],
    ['worse', ['18.3.1 a/one']],
    ['better', ['18.11.4 a/two']],
    ['was:fail', ['18.11.4 a/two']],
    ['changed:2026-01-03', ['18.11.4 a/two']],
    ['changed:2026-01', ['18.3.1 a/one', '18.11.4 a/two']],
    ['bug:none version:>=18', ['18.3.1 a/one', '18.11.4 a/one']],
    ['bug:any', ['18.3.1 a/two']],
    ['bug:example/7', ['18.3.1 a/two']],
    ['unexpected -runner:reference', ['17.11.4 a/two', '18.3.1 a/one']],
  ])('%s', (query, results) => {
    expect(found(query)).toEqual(results);
  });

  it('means everything when it is empty', () => expect(found(' ')).toHaveLength(standings.length));

  it.each<[query: string, message: RegExp, at: number]>([
    ['outcom:fail', /^There is no field outcom\. Did you mean outcome:\? There are outcome, was, runner/, 0],
    ['fail colour:red', /^There is no field colour\. There are/, 5],
    ['outcome:failed', /^outcome: takes pass, fail, .* It was given failed; write outcome:fail\.$/, 0],
    ['version:>=eighteen', /^version: takes a version: 18\.11\.4, 18, >=18.*It was given >=eighteen/, 0],
    ['version:', /It was given nothing; write version:>=18\.$/, 0],
    ['since:yesterday', /^since: takes a date/, 0],
    ['since:2026-02-30', /^since: takes a date/, 0],
    ['level:X', /^level: takes R \(required\)/, 0],
    ['(fail', /^There is a \( without its \)\.$/, 0],
    ['fail)', /^There is a \) without its \(\.$/, 4],
    ['fail or', /^Something is missing after or/, 7],
    ['and fail', /^Something is missing at the start/, 0],
    ['not', /^Something is missing after not/, 3],
    ['requirement:"same', /^A quotation mark has no other/, 0],
  ])('that is wrong says so: %s', (query, message, at) => {
    const parse = (): unknown => parseQuery(query);
    expect(parse).toThrow(QueryError);
    expect(parse).toThrow(message);
    try {
      parse();
    } catch (error) {
      expect((error as QueryError).at).toBe(at);
    }
  });
});
