import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Expectations, readExpectations } from '../../../harness/conformance/index.ts';
import type { CaseOutcome, Results } from '../../../harness/conformance/outcome.ts';
import { totals } from '../../../harness/conformance/totals.ts';
import { expectationsFile } from '../../../harness/report/index.ts';
import { outcome, results } from '../builder.ts';

const failing = (id: string, observed: string, more: Partial<CaseOutcome> = {}): CaseOutcome =>
  outcome({
    id,
    outcome: 'fail',
    findings: [{ verdict: 'fails', expected: 'it waits', observed, evidence: [] }],
    reason: `Expected: it waits. Observed: ${observed}.`,
    ...more,
  });

/** What the file says of each case, as a run with it would take it. */
async function asRead(text: string, run: Results): Promise<(id: string) => ReturnType<Expectations['for']>> {
  const dir = await mkdtemp(join(tmpdir(), 'expectations-'));
  try {
    await writeFile(join(dir, 'e.yaml'), text);
    const entries = await readExpectations(join(dir, 'e.yaml'));
    const read = new Expectations(entries, run.subject, run.profile);
    return (id) => read.for({ id, scenario: { id: id.replace(/\[.*$/, '') } } as never);
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('the expectations file of a run', () => {
  const run = results([
    failing('rate-limit/retry-after[request=trace]', 'the trace came again after 1.02 s'),
    failing('rate-limit/retry-after[request=update]', 'the update came again after 1.51 s'),
    outcome({ id: 'rate-limit/retry-after' }),
    failing('git/large', 'the clone failed'),
    outcome({ id: 'git/lfs', outcome: 'error', reason: 'The disk is full.' }),
    outcome({ id: 'git/fetch', outcome: 'blocked', reason: 'Needed first: the clone.' }),
    outcome({ id: 'polling/wrong', outcome: 'warn', level: 'O', reason: 'Expected: a reason. Observed: none.' }),
  ]);
  const cases = [...run.outcomes, { id: 'rate-limit/retry-after[request=upload]' }, { id: 'git/large[size=1g]' }];

  it('has an entry for each distinct finding, with the fewest patterns and what was observed', () => {
    expect(
      expectationsFile(run, cases).text,
    ).toBe(`# What gitlab-runner 14.10.1 does otherwise than profile 14.10 asks, as a run of 2026-03-02 found it.
# An entry that no longer holds fails a run. Give each a link to where it is reported; widen versions once you know more.

# 2 cases
- id:
    - rate-limit/retry-after[request=trace]
    - rate-limit/retry-after[request=update]
  runner: gitlab-runner
  versions: 14.10.1
  profile: "14.10"
  outcome: fail
  reason: The trace came again after 1.02 s.
  # link: https://

# 1 case
- id: git/large[]
  runner: gitlab-runner
  versions: 14.10.1
  profile: "14.10"
  outcome: fail
  reason: The clone failed.
  # link: https://
`);
  });

  it('makes of the same run one that is as expected, but for what nobody can expect', async () => {
    const { text, left, entries, cases: count } = expectationsFile(run, cases);
    expect({ entries, count }).toEqual({ entries: 2, count: 3 });
    expect(left.map(({ id }) => id)).toEqual(['git/lfs', 'git/fetch']);
    const read = await asRead(text, run);
    const judged = run.outcomes.map((each) => ({ ...each, expected: read(each.id)?.outcome ?? ('pass' as const) }));
    expect(totals(judged, false).unexpected).toBe(2);
    expect(read('rate-limit/retry-after[request=upload]')).toBeUndefined();
    expect(read('git/large[size=1g]')).toBeUndefined();
    expect(read('git/large[repeat=2]')?.entry).toBe('git/large[]');
  });

  it('has warnings where they count, keeps what an earlier file says and still holds, and drops what no longer does', () => {
    const link = 'https://tracker.example/1';
    const known = { outcome: 'fail', reason: 'Known to all.', link } as const;
    const mixed = results(
      [
        failing('git/a', 'it broke', { expected: 'fail', expectation: known }),
        outcome({ id: 'git/b', expected: 'fail', expectation: known }),
        outcome({ id: 'git/c', outcome: 'warn', level: 'O', reason: 'It is silent.' }),
      ],
      { strict: true },
    );
    const { text } = expectationsFile(mixed, mixed.outcomes);
    expect(text).toContain(`- id: git/a\n`);
    expect(text).toContain(`  reason: Known to all.\n  link: ${link}\n`);
    expect(text).not.toContain('git/b');
    expect(text).toContain('- id: git/c\n');
    expect(text).toContain('  outcome: warn\n  reason: It is silent.\n');
    expect(expectationsFile(results(mixed.outcomes), mixed.outcomes).text).not.toContain('git/c');
  });

  it('leaves out a case of which one repetition is otherwise', () => {
    const two = results([
      failing('git/a[repeat=1]', 'it broke'),
      outcome({ id: 'git/a[repeat=2]' }),
      failing('git/b[repeat=1]', 'it broke'),
      failing('git/b[repeat=2]', 'it broke'),
    ]);
    const { text, left } = expectationsFile(two, [{ id: 'git/a' }, { id: 'git/b' }]);
    expect(text).toContain('- id: git/b\n');
    expect(text).not.toContain('git/a');
    expect(left.map(({ id }) => id)).toEqual(['git/a[repeat=1]']);
  });

  it('is an empty list when nothing failed', async () => {
    const { text } = expectationsFile(results([outcome({ id: 'git/a' })]), []);
    expect(text).toMatch(/\n\[\]\n$/);
    expect((await asRead(text, run))('git/a')).toBeUndefined();
  });
});
