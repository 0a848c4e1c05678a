import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANT, QUICK, QUICK_CASE, scratch, tool } from './_tool.ts';

test('bug writes an issue for a case that failed in a run, and says in a sentence where there is none', async () => {
  await using place = await scratch();
  await tool(place.dir, 'run', QUICK_CASE, 'rate-limit/herd', '--runner', `reference:${MUTANT}`, '--report', 'run');
  const printed = await tool(place.dir, 'bug', 'run', QUICK);
  expect(printed.out).toMatch(/^## Summary\n\nreference:ignores-reset-time /);
  expect(printed.out).toContain(`./proxyproof run '${QUICK_CASE}' --runner reference:${MUTANT}`);
  expect(printed.code).toBe(0);
  const written = await tool(place.dir, 'bug', 'run', QUICK_CASE, '--output', 'issue.md');
  expect(written.err).toContain(`issue.md has a report on ${QUICK_CASE}`);
  expect(await readFile(join(place.dir, 'issue.md'), 'utf8')).toBe(printed.out);

  const none = await tool(place.dir, 'bug', 'run', 'git/lfs');
  expect(none.err).toContain('The run in run has no case git/lfs.');
  expect(none.code).toBe(2);
  const fine = await tool(place.dir, 'bug', 'run', 'rate-limit/herd');
  expect(fine.err).toContain('rate-limit/herd did not fail in the run in run, so there is nothing to report');
  expect(fine.code).toBe(2);
});
