import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { put, QUICK, ROOT, scratch, tool } from './_tool.ts';

test.each([
  ['an unknown verb', ['runn'], /unknown command 'runn'/],
  ['an unknown option', ['run', '--fast'], /unknown option '--fast'/],
  ['a pattern that means nothing', ['run', 'nothing/*'], /No scenario is called nothing\/\*/],
  [
    'one pattern of two that means nothing',
    ['run', QUICK, 'polling/nothing'],
    /No scenario is called polling\/nothing/,
  ],
  [
    'expectations without end',
    ['run', '--expect', '/dev/zero'],
    /\/dev\/zero cannot be read: it is larger than 16 MiB/,
  ],
  ['a file without end', ['check', '/dev/zero'], /\/dev\/zero cannot be read: it is neither a file nor a directory/],
  [
    'a case that a scenario does not have',
    ['run', 'polling/through-proxy[request=job,proxy=basic]'],
    /polling\/through-proxy has no case \[request=job,proxy=basic\]\. See proxyproof list polling\/through-proxy --cases\b.*one pair of brackets for each axis.*default/,
  ],
  ['an unknown profile', ['run', '--profile', '15.0'], /--profile takes 14\.10, /],
  ['an unknown level', ['run', '--level', 'X'], /--level takes R, O and C/],
  ['an unknown proxy', ['run', '--proxy', 'tinyproxy'], /--proxy takes basic, squid or all/],
  ['no jobs at all', ['run', '--jobs', '0'], /--jobs takes a whole number from 1 on/],
  ['a repetition that is no number', ['run', '--repeat', 'often'], /--repeat takes a whole number/],
  ['a shard that is none', ['run', '--shard', '1'], /--shard takes i\/n/],
  ['a shard beyond the last', ['run', '--shard', '3/2'], /i no greater than n/],
  [
    'a shard of more than there are',
    ['run', '--shard', '1/10000000000'],
    /--shard takes i\/n, such as 1\/3, with n up to 9999/,
  ],
  ['a shard in powers of ten', ['run', '--shard', '1/1e10'], /--shard takes i\/n/],
  [
    'more jobs than any machine bears',
    ['run', '--jobs', '999999'],
    /--jobs takes a whole number from 1 on, 10000 at most/,
  ],
  ['too many repetitions', ['run', '--repeat', '999999'], /--repeat takes a whole number from 1 on, 10000 at most/],
  ['too many cases', ['run', '--dry-run', '--repeat', '10000'], /200000 are the most that one run takes/],
  [
    'a report URL that is none',
    ['run', '--report-url', 'here'],
    /--report-url takes the URL of report\.html, with http/,
  ],
  ['a bug of no run', ['bug'], /missing required argument 'run-dir'/],
  ['expectations for no file', ['run', '--write-expect='], /--write-expect takes a file/],
  ['a report nowhere', ['run', '--report='], /--report takes a directory, and was given nothing/],
  ['two wrong options', ['run', '--proxy', 'none', '--jobs', '0'], /--proxy takes basic, squid or all\. --jobs takes/],
  [
    'a recheck into nothing',
    ['recheck', 'runs', '--report='],
    /--report takes a directory.* See proxyproof recheck --help/,
  ],
  ['a recheck without the file it names', ['recheck', 'runs', '--expect='], /--expect takes a file/],
  ['a merge into nothing', ['merge', 'runs', '--report='], /--report takes a directory/],
  ['images for no file', ['images', '--export='], /--export takes a file/],
  ['scenarios nowhere', ['list', '--scenarios='], /--scenarios takes a directory/],
  [
    'a proxy of no value',
    ['no-proxy', 'a', 'http://b/', '--proxy='],
    /--proxy takes the value of the proxy variables, and was given nothing/,
  ],
  ['a table that nobody measured', ['no-proxy', '--write'], /--write goes with --measure/],
  ['an empty shard', ['run', 'polling/job-lifecycle', '--shard', '99/99'], /Nothing is left to run/],
  ['a mutant that does not exist', ['run', '--runner', 'reference:sleeps-too-long'], /sleeps-too-long/],
  ['half a version', ['run', '--runner', '17.11'], /not a full version/],
  [
    'a directory of scenarios that is not there',
    ['list', '--scenarios', 'nowhere'],
    /no directory of scenarios at .*nowhere/,
  ],
  [
    'an expectations file that is not there',
    ['run', QUICK, '--dry-run', '--expect', 'nowhere.yaml'],
    /nowhere\.yaml cannot be read/,
  ],
  ['a scenario that does not exist', ['show', 'rate-limit/nothing'], /No scenario is called rate-limit\/nothing/],
  ['no scenario to show', ['show'], /missing required argument 'id'/],
  ['a list of nothing', ['list', 'nothing/*'], /No scenario is called nothing\/\*/],
  ['an unknown profile to list', ['list', '--profile', '12'], /There is no profile 12/],
  ['no run to recheck', ['recheck'], /missing required argument 'run-dir'/],
  ['nothing to merge', ['merge'], /missing required argument 'dirs'/],
])('%s is a usage error, in a sentence', async (_, args, sentence) => {
  const { code, err } = await tool(ROOT, ...args);
  expect(err).toMatch(sentence);
  expect(err).not.toMatch(/^\s+at /m);
  expect(code).toBe(2);
});

test.each([
  ['no YAML', 'a: [', /is no YAML/],
  ['no list', 'id: polling/*', /is not a list of entries/],
  ['an entry without a reason', '- id: polling/*', /0\.reason/],
  ['an unknown field', '- { id: polling/*, reason: known, outcome: fail, until: 2027 }', /until/],
  ['a range that is none', '- { id: polling/*, reason: known, versions: newest }', /no version range/],
])('an expectations file with %s is a configuration error that names the place', async (_, content, sentence) => {
  await using place = await scratch();
  const file = await put(join(place.dir, 'expect.yaml'), content);
  const { code, err } = await tool(ROOT, 'run', QUICK, '--dry-run', '--expect', file);
  expect(err).toContain(file);
  expect(err).toMatch(sentence);
  expect(code).toBe(2);
});

test.each([
  ['is no JavaScript', 'export default {', /broken\.mjs cannot be loaded/],
  ['exports something else', 'export default 3;', /is no scenario/],
  [
    'has an id of ours',
    `export default { id: '${QUICK}', asks: '', explains: '', mutants: [], world() {}, act() {}, judge() {}, abilities() {} };`,
    /is there twice/,
  ],
  [
    'names a mutant that does not exist',
    `export default { id: 'team/x', asks: '', explains: '', world() {}, act() {}, judge() {}, abilities() {}, mutants: ['flies'] };`,
    /team\/x in .*broken\.mjs names the mutant "flies", which the reference runner does not have/,
  ],
])("a team's scenario file that %s is a configuration error", async (_, content, sentence) => {
  await using place = await scratch();
  await put(join(place.dir, 'broken.mjs'), content);
  const { code, err } = await tool(ROOT, 'list', '--scenarios', place.dir);
  expect(err).toMatch(sentence);
  expect(code).toBe(2);
});

test('a pipe among the scenarios of a team is no scenario, and nobody waits for it', async () => {
  await using place = await scratch();
  await promisify(execFile)('mkfifo', [join(place.dir, 'pipe.mjs')]);
  const { code, err } = await tool(place.dir, 'list', '--scenarios', place.dir);
  expect(err).toContain(`The scenario file ${join(place.dir, 'pipe.mjs')} cannot be loaded: it is no regular file.`);
  expect(code).toBe(2);
});
