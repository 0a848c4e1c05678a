import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readResults } from '../../harness/report/index.ts';
import { teamScenario } from './_team.ts';
import { MUTANT, put, QUICK, QUICK_CASE, scratch, tool } from './_tool.ts';

/** A pattern of a dozen cases, some of which the mutant fails. */
const SOME = [`${QUICK}[body=json]`, `${QUICK}[body=text]`, 'rate-limit/header-case'];

test('merge makes one run of shards, as if it had been one', async () => {
  await using place = await scratch();
  const subject = ['--runner', `reference:${MUTANT}`];
  const whole = await tool(place.dir, 'run', ...SOME, ...subject, '--report', 'whole');
  for (const shard of ['1', '2']) {
    await tool(place.dir, 'run', ...SOME, ...subject, '--shard', `${shard}/2`, '--report', `shard-${shard}`);
  }
  const merged = await tool(place.dir, 'merge', 'shard-1', 'shard-2', '--report', 'merged');
  expect(merged.code).toBe(whole.code);
  expect(merged.code).toBe(1);
  const [one, all] = await Promise.all(['whole', 'merged'].map((name) => readResults(join(place.dir, name))));
  expect(all?.totals).toEqual(one?.totals);
  const outcomes = (results: typeof all) => results?.outcomes.map(({ id, outcome }) => `${id} ${outcome}`).toSorted();
  expect(outcomes(all)).toEqual(outcomes(one));
  for (const file of ['report.html', 'junit.xml', 'ledger.ndjson', 'run.har'])
    expect((await readFile(join(place.dir, 'merged', file), 'utf8')).length).toBeGreaterThan(100);

  const lonely = await tool(place.dir, 'merge', 'shard-2', '--report', 'half');
  expect(lonely.err).toContain('Shard 1/2 is missing');
  expect(lonely.code).toBe(3);
  expect(existsSync(join(place.dir, 'half'))).toBe(false);
});

test("merge narrows an expectation by a team's own cases, those that no shard has included", async () => {
  await using place = await scratch();
  const judge = (bad: string): string =>
    `return [{ verdict: ${bad} ? 'fails' : 'holds', expected: 'x', observed: 'y', evidence: [evidence.events.at(-1).seq] }];`;
  const axes = "{ way: { values: ['one', 'two', 'three', 'four'], default: 'one' } }";
  const dir = join(place.dir, 'team');
  await teamScenario(dir, { name: 'ways', axes, judge: judge('true') });
  await teamScenario(dir, { name: 'whole', judge: judge('false') });
  await put(join(place.dir, 'known.yaml'), "- { id: 'team/*', reason: known }\n");
  const cases = ['team/ways[way=two]', 'team/ways[way=three]', 'team/whole'];
  for (const shard of ['1/2', '2/2']) {
    const more = ['--scenarios', dir, '--expect', 'known.yaml', '--shard', shard, '--report', `shard-${shard[0]}`];
    await tool(place.dir, 'run', ...cases, ...more);
  }
  const narrowed = async (...more: string[]): Promise<readonly string[] | undefined> => {
    await tool(place.dir, 'merge', 'shard-1', 'shard-2', '--report', 'merged', ...more);
    return (await readResults(join(place.dir, 'merged'))).partlyExpected?.flatMap(({ patterns }) => patterns);
  };
  expect((await narrowed('--scenarios', 'team'))?.toSorted()).toEqual(['team/ways[way=three]', 'team/ways[way=two]']);
  expect((await tool(place.dir, 'merge', 'shard-1', 'shard-2', '--scenarios', 'nowhere')).code).toBe(2);
});

test('recheck judges a stored run again, with the same outcomes and no subject', async () => {
  await using place = await scratch();
  const subject = ['--runner', `reference:${MUTANT}`];
  const first = await tool(place.dir, 'run', ...SOME, ...subject, '--report', 'run');
  const again = await tool(place.dir, 'recheck', 'run');
  expect(again.out).toMatch(/^0 of \d+ cases are judged otherwise than before\.$/m);
  expect(again.code).toBe(first.code);
  const [before, after] = await Promise.all(['run', 'run/recheck'].map((name) => readResults(join(place.dir, name))));
  expect(after?.outcomes).toEqual(before?.outcomes);
});

test('recheck takes expectations, and a ledger that was changed is judged as it is', async () => {
  await using place = await scratch();
  await tool(place.dir, 'run', QUICK_CASE, '--runner', `reference:${MUTANT}`, '--report', 'run');
  const expect_ = await put(join(place.dir, 'expect.yaml'), `- { id: ${QUICK}, reason: known }\n`);
  expect((await tool(place.dir, 'recheck', 'run', '--expect', expect_)).code).toBe(0);

  // When the second request is another one, the runner has not issued the request again.
  const file = join(place.dir, 'run', 'ledger.ndjson');
  const passed = await tool(place.dir, 'run', QUICK_CASE, '--report', 'run');
  expect(passed.code).toBe(0);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const [, second] = lines.filter((line) => line.includes('"kind":"request"'));
  const other = second?.replace(/"requestKind":"\w+"/, '"requestKind":"verify"');
  await put(file, lines.map((line) => (line === second ? other : line)).join('\n'));
  const changed = await tool(place.dir, 'recheck', 'run');
  expect(changed.out).toContain(`${QUICK_CASE}: pass → fail`);
  expect(changed.code).toBe(1);

  // Without it the results point to nothing.
  await put(file, lines.filter((line) => line !== second).join('\n'));
  const lacking = await tool(place.dir, 'recheck', 'run');
  expect(lacking.err).toMatch(
    /reset-time-valid.* points to event \d+, which its ledger does not have\. The files were/,
  );
  expect(lacking.code).toBe(2);
});

test('recheck needs the scenarios that made the run', async () => {
  await using place = await scratch();
  await tool(place.dir, 'run', QUICK_CASE, '--report', 'run');
  for (const name of ['results.json', 'ledger.ndjson']) {
    const file = join(place.dir, 'run', name);
    await put(file, (await readFile(file, 'utf8')).replaceAll(QUICK, 'rate-limit/of-tomorrow'));
  }
  const { code, err } = await tool(place.dir, 'recheck', 'run');
  expect(err).toContain('which these scenarios do not have');
  expect(code).toBe(2);
});

test.each(['1/1e10', '1/10000000000', '1/-1', '1'])(
  'a shard %s in results.json is none, and that is a sentence',
  async (shard) => {
    await using place = await scratch();
    await tool(place.dir, 'run', QUICK_CASE, '--shard', '1/1', '--report', 'run');
    const file = join(place.dir, 'run', 'results.json');
    await put(file, (await readFile(file, 'utf8')).replace('"shard": "1/1"', `"shard": "${shard}"`));
    const { code, err } = await tool(place.dir, 'merge', 'run');
    expect(err).toMatch(/results\.json.*environment\.shard/s);
    expect(err).not.toMatch(/Invalid array length|^\s+at /m);
    expect(code).toBe(2);
  },
);

test.each(['recheck', 'merge'])(
  '2: %s of a ledger or results that were changed or cut, with a sentence',
  async (verb) => {
    await using place = await scratch();
    await tool(place.dir, 'run', QUICK_CASE, '--report', 'run');
    const [ledger, results] = ['ledger.ndjson', 'results.json'].map((name) => join(place.dir, 'run', name)) as [
      string,
      string,
    ];
    const [events, found] = (await Promise.all([ledger, results].map((file) => readFile(file, 'utf8')))) as [
      string,
      string,
    ];
    for (const [file, content, sentence] of [
      [
        ledger,
        events.replace('"headers":[', '"heads":['),
        /Line \d+ of .*ledger\.ndjson is no ledger event: at headers, /,
      ],
      [results, found.slice(0, 100), /results\.json is no JSON/],
      [results, 'null', /results\.json is not the results\.json of a run/],
    ] as const) {
      await put(ledger, file === ledger ? content : events);
      await put(results, file === results ? content : found);
      const { code, err } = await tool(place.dir, verb, 'run');
      expect(err).toMatch(sentence);
      expect(code).toBe(2);
    }
  },
);
