import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../../harness/cli/exit.ts';
import { bisectVersions } from '../../../harness/cli/versions/bisect-versions.ts';
import type { Contender } from '../../../harness/cli/versions/index.ts';
import type { CaseOutcome } from '../../../harness/conformance/index.ts';
import { releaseOf } from '../../../harness/profile/index.ts';
import { writeReports } from '../../../harness/report/index.ts';
import { answer, caseOf, fails, holds, resultsOf } from '../../report/matrix/_runs.ts';
import { put, scratch } from '../_tool.ts';

const BODY = 'the same body again';
const good = (id: string): CaseOutcome => caseOf(id, holds(BODY, 'a body of 20 bytes'));
const bad = (id: string): CaseOutcome => caseOf(id, fails(BODY, 'no body'));
const broken = (id: string): CaseOutcome => ({
  ...caseOf(id),
  outcome: 'error',
  reason: 'The machine had too much to do.',
});

/** Bisects versions whose runs are made up: what each did, by its minor number. */
async function bisected(
  of: (minor: number, id: string, attempt: number) => CaseOutcome,
  { words = ['1.0.0', '1.15.0'], repeat = 1 } = {},
) {
  await using place = await scratch();
  const { dir } = place;
  for (let minor = 0; minor < 16; minor++)
    await put(join(dir, 'bin', `gitlab-runner-1.${minor}.0`), '#!/bin/sh\n', 0o755);
  const stdout = new PassThrough({ highWaterMark: 2 ** 24 });
  const env = { XDG_CACHE_HOME: join(dir, 'cache') };
  const terminal = {
    stdout,
    stderr: new PassThrough(),
    stdin: new PassThrough(),
    env,
    cwd: dir,
  } as unknown as Terminal;
  const asked: string[] = [];
  const runOf = async (contender: Contender) => {
    const version = basename(contender.is === 'runner' ? contender.runner : '').replace('gitlab-runner-', '');
    asked.push(version);
    const attempt = asked.filter((each) => each === version).length;
    const ids = Array.from({ length: repeat }, (_, index) => (repeat === 1 ? 'a/x' : `a/x[repeat=${index + 1}]`));
    const run = join(dir, 'runs', `${version}-${attempt}`);
    await mkdir(run, { recursive: true });
    await writeReports(
      run,
      resultsOf(
        version,
        ids.map((id) => of(releaseOf(version)?.minor ?? 0, id, attempt)),
      ),
      [],
    );
    return { contender, dir: run, ran: 1 };
  };
  const options = {
    binaries: 'bin',
    repeat,
    profile: undefined,
    generation: undefined,
    jobs: undefined,
    scenarios: undefined,
  };
  const invocation = { args: [...words, 'a/x'], options, terminal, argv: [], command: async () => '' };
  const code = await bisectVersions(invocation, () => ({
    of: runOf,
    completed: async (run) => run,
    profileOf: async () => '14.10',
    [Symbol.asyncDispose]: async () => {},
  }));
  return { code, asked, out: String(stdout.read() ?? '').replaceAll(/\s+/g, ' ') };
}

describe('bisect', () => {
  it('finds the first version that behaves otherwise, and shows both sides', async () => {
    const { code, out, asked } = await bisected((minor, id) => (minor >= 9 ? bad(id) : good(id)));
    expect(out).toContain('16 versions from 1.0.0 to 1.15.0, under profile 14.10: at most 6 runs.');
    expect(out).toContain('1.9.0 is the first that behaves otherwise; 1.8.0 is the last of the old way.');
    expect(out).toMatch(
      /a\/x: pass → fail .*1\.8\.0: pass .*Observed a body of 20 bytes .*1\.9\.0: fail .*Observed no body/,
    );
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(code).toBe(0);
  });

  it('goes from the newer to the older, too, and through a list that is named', async () => {
    const of = (minor: number, id: string) => (minor >= 9 ? bad(id) : good(id));
    expect((await bisected(of, { words: ['1.15.0', '1.0.0'] })).out).toContain('1.8.0 is the first that');
    const words = ['1.1.0', './bin/gitlab-runner-1.8.0', '1.10.0', '1.12.0'];
    expect((await bisected(of, { words })).out).toContain('1.10.0 is the first that behaves otherwise; 1.8.0');
  });

  it('says so when both ends behave alike', async () => {
    const { code, out, asked } = await bisected((_, id) => caseOf(id, answer('again after 1.0 s')));
    expect(out).toContain('1.15.0 does not behave otherwise than 1.0.0 in a/x, so there is nothing to find.');
    expect([code, asked.length]).toEqual([1, 2]);
  });

  it('repeats, says what is unstable, and takes either way of GOOD for its own', async () => {
    const of = (minor: number, id: string) => {
      if (minor === 15) return caseOf(id, fails('another thing', 'none'));
      if (minor >= 9) return id.endsWith('=2]') ? caseOf(id, fails('another thing', 'none')) : good(id);
      return minor === 0 && id.endsWith('=1]') ? bad(id) : good(id);
    };
    const { code, out } = await bisected(of, { repeat: 3 });
    expect(out).toContain('1.0.0: a/x is unstable: of 3 times 1 fail, 2 pass.');
    expect(out).toContain('1.9.0: a/x is unstable: of 3 times 2 pass, 1 fail.');
    expect(out).toContain('1.9.0 is the first that behaves otherwise');
    expect(code).toBe(0);
  });

  it('runs again what broke, passes over what goes on breaking, and ends where an end says nothing', async () => {
    const late = await bisected((minor, id, attempt) => {
      if (minor === 8 || (minor === 12 && attempt === 1)) return broken(id);
      return minor >= 8 ? bad(id) : good(id);
    });
    expect(late.out).toContain('an error of the harness, so it runs again. The machine had too much to do.');
    expect(late.out).toContain(
      '1.9.0 is the first that behaves otherwise or one of those before it that say nothing: 1.8.0',
    );
    const hidden = await bisected((minor, id) => (minor === 0 && id.endsWith('=1]') ? broken(id) : good(id)), {
      repeat: 2,
    });
    expect(hidden.out).toContain('1.0.0: nothing is known of 1 of 2 cases, in which the harness broke.');
    expect([hidden.code, hidden.out.includes('so there is nothing to find')]).toEqual([4, true]);
    const end = await bisected((minor, id) => (minor === 0 ? broken(id) : good(id)));
    expect([end.code, end.out.includes('1.0.0 says nothing of a/x: error.')]).toEqual([4, true]);
    const skipped = await bisected((minor, id) => (minor === 0 ? caseOf(id) : good(id)));
    expect([skipped.code, skipped.out.includes('skip. There is none here.')]).toEqual([3, true]);
  });
});
