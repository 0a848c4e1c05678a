import { expect, it } from 'vitest';
import { readArguments } from '../../../../harness/runner/reference/program/arguments.ts';

it('takes the line of a unit that gitlab-runner installs', () => {
  const line =
    '--profile 18.3 --mutant never-uses-proxy run --config /etc/c.toml --working-directory /home/r --service gitlab-runner --user r';
  expect(readArguments(line.split(' '))).toEqual({
    configFile: '/etc/c.toml',
    workingDirectory: '/home/r',
    profile: '18.3',
    mutant: 'never-uses-proxy',
  });
});

it('looks for its configuration where gitlab-runner does', () => {
  expect(readArguments(['run'])).toEqual({
    configFile: '/etc/gitlab-runner/config.toml',
    workingDirectory: process.cwd(),
  });
});

it('takes the line of somebody who registers', () => {
  const line = 'register --non-interactive --url https://gitlab.test --registration-token t --executor docker';
  expect(readArguments(line.split(' ')).registers).toEqual({ url: 'https://gitlab.test', token: 't' });
});

it.each([
  [['verify'], 'knows two commands, run and register, but was given “verify”'],
  [['register', '--url', 'https://gitlab.test'], 'registers with --url and --token'],
  [[], 'but was given “”'],
  [['--profile', '12.0', 'run'], 'knows no profile 12.0: use 14.10, 17.5, 18.3 or 18.11'],
  [['run', '--listen-address', ':9252'], "Unknown option '--listen-address'"],
])('refuses %j', (words, message) => {
  expect(() => readArguments(words)).toThrow(message);
});
