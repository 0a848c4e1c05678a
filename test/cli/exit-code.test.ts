import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { exitCodeOf } from '../../harness/cli/exit-code.ts';
import type { CaseOutcome } from '../../harness/conformance/index.ts';
import { outcome, results } from '../report/builder.ts';

const passed = outcome({ id: 'git/clone-through-proxy' });
const skipped = (more: Partial<CaseOutcome> = {}): CaseOutcome =>
  outcome({
    id: 'git/lfs',
    outcome: 'skip',
    lacks: 'machine',
    reason: 'There is no git-lfs on this machine.',
    ...more,
  });

function exit(outcomes: readonly CaseOutcome[], named: boolean) {
  const stderr = new PassThrough({ encoding: 'utf8' });
  const code = exitCodeOf(results(outcomes), { stderr: stderr as unknown as NodeJS.WriteStream }, named);
  return { code, said: String(stderr.read() ?? '') };
}

it('is 3 when a required case that was named is skipped for want of something, and says of what', () => {
  const { code, said } = exit([passed, skipped()], true);
  expect(code).toBe(3);
  expect(said).toContain('1 required case that you named was skipped, such as git/lfs. There is no git-lfs');
  expect(said).toContain('--allow-skips');
});

it.each([
  ['it was not named', skipped(), false],
  ['the subject is what lacks it', skipped({ lacks: 'subject' }), true],
  ['it is a recommendation', skipped({ level: 'O' }), true],
])('is 0 when %s', (_, each, named) => {
  expect(exit([passed, each], named)).toEqual({ code: 0, said: '' });
});

it('is 1 first of all when something is not as expected', () => {
  expect(exit([outcome({ id: 'a/b', outcome: 'fail' }), skipped()], true).code).toBe(1);
});
