import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { QUICK, QUICK_CASE, scratch, tool } from './_tool.ts';

test('a run is added, found again by a search, and shown on a site', async () => {
  await using place = await scratch();
  const mutant = ['--runner', 'reference:returns-before-reset-time'];
  expect(await tool(place.dir, 'run', QUICK_CASE, ...mutant, '--containers', 'none')).toMatchObject({ code: 1 });
  const added = await tool(place.dir, 'history', 'add', 'runs/latest');
  expect(added).toMatchObject({ code: 0, err: '' });
  expect(added.out).toMatch(/^Added: reference:returns-before-reset-time \d+\.\d+\.\d+, profile [\d.]+, \d+ kB\./);
  const again = await tool(place.dir, 'history', 'add', 'runs/latest', '--to', 'history');
  expect(again.out).toMatch(
    /^Nothing to do: this run of reference:returns-before-reset-time .* is in the history already/,
  );
  const listed = await tool(place.dir, 'history', 'list', 'fail', 'runner:reference');
  expect(listed.out).toMatch(new RegExp(`^fail {4}${QUICK}`, 'm'));
  const wrong = await tool(place.dir, 'history', 'list', 'outcom:fail');
  expect(wrong).toMatchObject({
    code: 2,
    err: expect.stringMatching(/There is no field outcom\. Did you mean outcome:/),
  });
  const site = await tool(place.dir, 'history', 'site', 'public');
  expect(site.out).toMatch(/^A site of 1 run: \d+ files/);
  const page = await readFile(join(place.dir, 'public', 'requirements', `${QUICK}.html`), 'utf8');
  expect(page).toMatch(/Observed: <span class="observed">it came again/);
  expect(page).toContain('RateLimit-ResetTime');
});

test.each([
  ['nothing', [], /missing required argument/],
  ['an unknown word', ['show'], /history takes one of these:\n {2}add/],
  ['no run to add', ['add'], /history add takes the directory of a run/],
  ['a run that is not there', ['add', 'nowhere'], /Cannot read .*nowhere\/results\.json: it does not exist/],
  ['a site nowhere', ['site'], /history site takes one directory/],
  [
    'a site of nothing',
    ['site', 'public'],
    /There is no run in .*history\. Store one there with proxyproof history add/,
  ],
  ['an option of another', ['add', 'x', '--from', 'y'], /history add takes no --from/],
  [
    'a report that no browser finds',
    ['add', 'x', '--report-url', 'here'],
    /--report-url takes a URL that begins with https/,
  ],
])('%s is refused', async (_, words, message) => {
  await using place = await scratch();
  const { code, err } = await tool(place.dir, 'history', ...words);
  expect(code).toBeGreaterThan(1);
  expect(err).toMatch(message);
});
