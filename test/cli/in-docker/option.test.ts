import { expect, test } from 'vitest';
import { commandLineInside } from '../../../harness/cli/in-docker/command-line.ts';
import { DEFAULT_IMAGE, withImage } from '../../../harness/cli/in-docker/option.ts';
import { QUICK, ROOT, tool } from '../_tool.ts';

test.each([
  [
    ['run', '--in-docker', 'git/*'],
    ['run', `--in-docker=${DEFAULT_IMAGE}`, 'git/*'],
  ],
  [
    ['run', '--in-docker=debian:13', 'git/*'],
    ['run', '--in-docker=debian:13', 'git/*'],
  ],
  [
    ['run', '--', '--in-docker'],
    ['run', '--', '--in-docker'],
  ],
])('of %j a bare --in-docker alone gets the default image', (args, expected) => {
  expect(withImage(args)).toEqual(expected);
});

test('inside, the command line is the same but for --in-docker, and what is overridden comes last', () => {
  const typed = ['run', 'git/*', '--in-docker=node:24', '--runner', 'gitlab-runner', '--strict', '--report=out'];
  expect(commandLineInside(typed, { runner: '/usr/bin/gitlab-runner', report: 'out' })).toEqual([
    ...['run', 'git/*', '--runner', 'gitlab-runner', '--strict', '--report=out'],
    ...['--runner', '/usr/bin/gitlab-runner', '--report', 'out'],
  ]);
  expect(commandLineInside(['run', '--in-docker=x', '--', 'git/*'], { report: 'runs/1' })).toEqual([
    ...['run', '--report', 'runs/1', '--', 'git/*'],
  ]);
  expect(commandLineInside(['run', '--dry-run'], {})).toEqual(['run', '--dry-run']);
});

test('an image without a name is a usage error', async () => {
  const { code, err } = await tool(ROOT, 'run', QUICK, '--in-docker=');
  expect(err).toContain('--in-docker takes the name of an image after =, or nothing');
  expect(code).toBe(2);
});
