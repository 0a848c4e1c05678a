import { describe, expect, it } from 'vitest';
import { ownProgram, rerunCommand } from '../../harness/report/rerun.ts';
import { unexpected, verdictOf } from '../../harness/report/verdict.ts';
import { outcome, results } from './builder.ts';

const pass = outcome({ id: 'git/lfs' });
const fail = outcome({ id: 'git/large', outcome: 'fail' });
const warn = outcome({ id: 'git/shallow', outcome: 'warn', level: 'O' });
const skip = outcome({ id: 'git/submodules', outcome: 'skip' });
const broken = outcome({ id: 'git/hook-alone', outcome: 'error' });
const better = outcome({ id: 'git/y', expected: 'fail', expectation: { outcome: 'fail', reason: 'known' } });
const known = outcome({
  id: 'git/x',
  outcome: 'fail',
  expected: 'fail',
  expectation: { outcome: 'fail', reason: 'known' },
});

describe('a verdict', () => {
  it.each([
    [
      'good',
      [pass, skip],
      'gitlab-runner 14.10.1 behaves as profile 14.10 asks: the one case that ran is as expected.',
    ],
    [
      'good',
      [pass, known],
      'gitlab-runner 14.10.1 deviates from profile 14.10 in 1 of 2 cases, all known; nothing new.',
    ],
    [
      'bad',
      [pass, fail, broken],
      'gitlab-runner 14.10.1 does not behave as profile 14.10 asks: 2 of 3 cases that ran are not as expected (1 fail, 1 error).',
    ],
    [
      'bad',
      [pass, broken],
      'The harness broke in 1 of 2 cases. That is not the fault of gitlab-runner 14.10.1, and says nothing about it.',
    ],
    [
      'bad',
      [pass, better],
      'The expectations file is out of date: gitlab-runner 14.10.1 no longer deviates in 1 case that the file lists. Remove those entries, or narrow them.',
    ],
    [
      'bad',
      [fail, better],
      'gitlab-runner 14.10.1 does not behave as profile 14.10 asks: 2 of 2 cases that ran are not as expected (1 fail, 1 pass where fail was expected).',
    ],
    ['none', [skip], 'Nothing is shown about gitlab-runner 14.10.1: all 1 cases were skipped.'],
    ['none', [], 'Nothing ran: no case matched.'],
  ] as const)('is %s', (tone, outcomes, sentence) => {
    expect(verdictOf(results(outcomes))).toEqual({ tone, sentence });
  });

  it('is bad when an expectation was left over', () => {
    const verdict = verdictOf(results([pass], { unusedExpectations: ['git/nothing'] }));
    expect(verdict.tone).toBe('bad');
    expect(verdict.sentence).toMatch(/1 entry of the expectations file matched nothing: git\/nothing\.$/);
  });

  it('counts warnings only in a strict run', () => {
    expect(unexpected(results([pass, warn]))).toEqual([]);
    expect(unexpected(results([pass, warn], { strict: true }))).toEqual([warn]);
  });
});

describe('the command that runs a case again', () => {
  it('is quoted for a shell, and keeps what decides what a case is', () => {
    const run = results([], {
      subject: { kind: 'gitlab-runner', version: '17.11.4', path: "/opt/it's here/gitlab-runner" },
      environment: {
        ...results([]).environment,
        command: "./proxyproof run 'git/*' --scenarios 'our own' --jobs 3 --in-docker=node:24 --expect=known.yaml",
      },
    });
    expect(rerunCommand(run, { id: 'git/lfs[proxy=squid]' })).toBe(
      `./proxyproof run 'git/lfs[proxy=squid]' --runner '/opt/it'\\''s here/gitlab-runner' --profile 14.10 --scenarios 'our own' --in-docker=node:24 --expect known.yaml`,
    );
  });

  it('keeps whose helper it was, whose images, and whether a missed recommendation counts', () => {
    const command =
      "./proxyproof run 'docker/*' --helper 'out/helper images' --images=official --verbose --strict --containers first --max-time 30m";
    const run = results([], { environment: { ...results([]).environment, command } });
    expect(rerunCommand(run, { id: 'docker/pull' })).toMatch(
      / --profile 14\.10 --helper 'out\/helper images' --images official --strict$/,
    );
  });

  it('is that of the installed package where the run was one of it', () => {
    const environment = { ...results([]).environment, command: "npx proxyproof run 'git/*'" };
    expect(rerunCommand(results([], { environment }), { id: 'git/lfs' })).toMatch(/^npx proxyproof run git\/lfs /);
    expect(ownProgram('file:///home/a/node_modules/proxyproof/harness/cli/main.js').join(' ')).toBe('npx proxyproof');
    expect(ownProgram('file:///home/a/proxyproof/harness/cli/main.ts').join(' ')).toBe('./proxyproof');
  });

  it('does nothing to the terminal it is shown on', () => {
    expect(rerunCommand(results([]), { id: 'git/\x1b[2Jlfs' })).toContain("'git/[2Jlfs'");
  });
});
