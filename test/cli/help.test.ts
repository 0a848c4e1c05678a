import { expect, test } from 'vitest';
import { verbs } from '../../harness/cli/verbs.ts';
import { ROOT, tool } from './_tool.ts';

/** Those that there have always been: none may go missing. */
const NAMES = ['run', 'list', 'show', 'recheck', 'merge', 'images', 'check', 'no-proxy', 'doctor', 'clean'];

test('there is every verb, and the help names it', async () => {
  const { code, out } = await tool(ROOT, '--help');
  expect(code).toBe(0);
  expect(verbs.map(({ name }) => name)).toEqual(expect.arrayContaining(NAMES));
  for (const { name } of verbs) expect(out).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'));
  expect(out).toContain('Exit codes: 0 all as expected');
});

test.each(verbs.map(({ name }) => name))('%s --help has an example of itself', async (name) => {
  const { code, out, err } = await tool(ROOT, name, '--help');
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(out).toMatch(new RegExp(`Examples?:\\n {2}\\$ proxyproof ${name}`));
});

test('--version is that of the package', async () => {
  const { code, out } = await tool(ROOT, '--version');
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('without a verb it prints the help, and that is no success', async () => {
  const { code, err } = await tool(ROOT);
  expect(code).toBe(2);
  expect(err).toContain('Usage: proxyproof');
});
