import { expect, test } from 'vitest';
import { QUICK, QUICK_CASE, ROOT, tool } from './_tool.ts';

/** The cases that a run with these options would have, in order. */
async function chosen(...args: string[]): Promise<string[]> {
  const { code, out } = await tool(ROOT, 'run', '--dry-run', ...args);
  expect(code).toBe(0);
  const cases = out.split('\n').filter((line) => /^[ROC] /.test(line));
  expect(out).toContain(
    `${cases.length} ${cases.length === 1 ? 'case' : 'cases'} would run against reference under profile`,
  );
  return cases;
}

test('without a pattern every case is chosen, and each once', async () => {
  const all = await chosen();
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(400);
});

test('a pattern without brackets means a scenario with all its cases, one with brackets a case', async () => {
  const whole = await chosen(QUICK);
  expect(whole.length).toBeGreaterThan(10);
  expect(await chosen(`${QUICK}[body=json]`)).toEqual([`R ${QUICK}[body=json]`]);
  expect(await chosen('rate-limit/reset-*', 'rate-limit/reset-time-valid')).toEqual(await chosen('rate-limit/reset-*'));
});

test('--level keeps what has that level under the profile', async () => {
  const levels = await Promise.all(['R', 'o', 'C'].map((level) => chosen('--level', level)));
  expect(levels.flat().toSorted()).toEqual((await chosen()).toSorted());
  for (const [index, level] of ['R', 'O', 'C'].entries()) {
    expect(levels[index]?.every((each) => each.startsWith(`${level} `))).toBe(true);
  }
  const retryAfter = (cases: string[]) => cases.filter((each) => each.includes('rate-limit/retry-after'));
  expect(retryAfter(await chosen('--level', 'R'))).toEqual([]);
  expect(retryAfter(await chosen('--level', 'R', '--profile', '18.3')).length).toBeGreaterThan(0);
});

test('--proxy leaves out worlds with the other proxy, and none without a choice', async () => {
  const [basic, squid, all] = await Promise.all(['basic', 'squid', 'all'].map((kind) => chosen('--proxy', kind)));
  expect(basic?.some((each) => each.includes('[proxy=squid]'))).toBe(false);
  expect(squid?.some((each) => each.includes('[proxy=basic]'))).toBe(false);
  expect(new Set([...(basic ?? []), ...(squid ?? [])])).toEqual(new Set(all));
  expect(basic).toContain(`R ${QUICK_CASE}`);
});

test('--containers first keeps one case of each scenario that has any, none keeps none, and all others stay', async () => {
  const [all, first, none] = await Promise.all(['all', 'first', 'none'].map((which) => chosen('--containers', which)));
  expect(all).toEqual(await chosen());
  const scenarioOf = (line: string): string => line.replace(/^. |\[.*$/g, '');
  const lost = (rest: string[] | undefined): string[] => (all ?? []).filter((each) => !rest?.includes(each));
  expect(new Set(lost(first).map(scenarioOf)).size).toBeGreaterThan(10);
  const kept = (first ?? []).filter((each) => !none?.includes(each));
  expect(new Set(kept.map(scenarioOf))).toEqual(new Set(lost(none).map(scenarioOf)));
  expect(kept).toHaveLength(new Set(kept.map(scenarioOf)).size);
  expect(kept).toContain('R host/page-walkthrough');
  const { err } = await tool(ROOT, 'run', '--dry-run', '--containers', 'first');
  expect(err).toContain(`--containers first leaves out ${lost(first).length} cases with containers.`);
});

test.each([1, 2, 3, 7])('%i shards are disjoint, together the whole, and about as long', async (count) => {
  const shards = await Promise.all(
    Array.from({ length: count }, (_, index) => chosen('--shard', `${index + 1}/${count}`)),
  );
  const union = shards.flat();
  expect(new Set(union).size).toBe(union.length);
  expect(union.toSorted()).toEqual((await chosen()).toSorted());
  const lengths = shards.map((each) => each.length);
  expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
});

test('--repeat gives every repetition an id of its own', async () => {
  const cases = await chosen(`${QUICK}[body=json]`, '--repeat', '3');
  expect(cases).toEqual([1, 2, 3].map((n) => `R ${QUICK}[body=json][repeat=${n}]`));
});

test('a dry run with the profile of another version says so', async () => {
  const { out } = await tool(ROOT, 'run', QUICK, '--dry-run', '--profile', '18.3');
  expect(out).toMatch(/cases would run against reference under profile 18\.3\./);
});
