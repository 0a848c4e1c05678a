import { expect, test } from 'vitest';
import { scratch, tool } from './_tool.ts';

const dry = (dir: string, ...args: string[]) => tool(dir, 'run', '--dry-run', ...args);

test('--proxy squid says which cases it leaves out for good, and which it does not change', async () => {
  await using place = await scratch();
  const { code, out, err } = await dry(place.dir, 'git/*', 'polling/*', '--proxy', 'squid');
  expect(code).toBe(0);
  expect(err).toMatch(
    /^proxyproof: --proxy squid leaves out \d+ cases that only another proxy is asked with: .*git\/clone-through-proxy \(\d+\)/m,
  );
  const others = await dry(place.dir, 'cntlm/*', '--proxy', 'squid');
  expect(others.err).toMatch(
    /^proxyproof: \d+ cases have a proxy of their own or none, whatever --proxy says: .*cntlm\//m,
  );
  expect(out).not.toContain('[proxy=basic]');
});

test('without --proxy nothing is left out, and nothing is said', async () => {
  await using place = await scratch();
  expect((await dry(place.dir, 'git/*')).err).toBe('');
});

test('--helper is refused for a subject that has its own', async () => {
  await using place = await scratch();
  const { code, err } = await dry(place.dir, '--helper', 'x');
  expect(err).toBe('proxyproof: --helper is for gitlab-runner: reference brings its own.\n');
  expect(code).toBe(2);
});
