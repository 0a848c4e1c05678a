import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isInDocker } from '../../harness/cli/in-docker/option.ts';
import { launched, ROOT, scratch } from './_tool.ts';

const documents = ['README.md', 'CONTRIBUTING.md'].map(
  (name) => [name, readFileSync(join(ROOT, name), 'utf8')] as const,
);

/** The words of a command line, without its comment. */
const words = (line: string): string[] =>
  [...line.replace(/\s#.*$/, '').matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

const commands = documents.flatMap(([name, text]) =>
  [...text.matchAll(/^ {4}(?:\$ )?\.\/proxyproof (.+)$/gm)].map(([, line = '']) => [name, words(line)] as const),
);

describe.concurrent('every command that the documentation names', () => {
  test('is found', () => expect(commands.length).toBeGreaterThan(10));

  test.each(commands.filter(([, [verb]]) => verb === 'run'))('%s: %j can be run', async (_, args) => {
    // A binary of another maker is not here; what would run does not depend on it.
    const at = args.indexOf('--runner');
    const here = at < 0 || args[at + 1]?.startsWith('reference') ? args : args.toSpliced(at, 2);
    // Nor may there be a Docker engine of the user's.
    const own = here.filter((each) => !isInDocker(each));
    const { code, out, err } = await launched([...own, '--dry-run'], { cwd: ROOT });
    expect(err).toBe('');
    expect(out).toMatch(/\d+ cases? would run/);
    expect(code).toBe(0);
  });

  test.each(commands.filter(([, [verb]]) => verb === 'test'))('%s: %j has tests', (_, [, folder = 'test']) => {
    expect(existsSync(join(ROOT, folder))).toBe(true);
  });
});

test.each(documents)('every link of %s leads somewhere', (_, text) => {
  const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => link);
  for (const link of links.filter((each) => !/^https:/.test(each)))
    expect(existsSync(join(ROOT, link)), link).toBe(true);
});

test('the worked example passes, its mutants fail it, and it can be judged again', async () => {
  await using place = await scratch();
  const example = ['--scenarios', join(ROOT, 'docs/examples')];
  const run = (...options: string[]) => launched(['run', 'team/*', ...example, ...options], { cwd: place.dir });
  expect(await run()).toMatchObject({ code: 0 });
  expect(await run('--runner', 'reference:never-uses-proxy')).toMatchObject({ code: 1 });
  const failed = await run('--runner', 'reference:returns-before-reset-time');
  expect(failed.out).toMatch(/Observed +another came after \d+ ms/);
  expect(failed.code).toBe(1);
  const again = await launched(['recheck', 'runs/latest', ...example], { cwd: place.dir });
  expect(again.out).toContain('0 of 1 cases are judged otherwise than before.');
  expect(again.code).toBe(1);
});
