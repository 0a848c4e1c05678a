import { describe, expect, it } from 'vitest';
import { bugFile } from '../../../harness/report/reproduction/bug/bug-file.ts';
import { runnerBug } from '../../../harness/report/reproduction/bug/runner-bug.ts';
import { reproductionPage } from '../../../harness/report/reproduction/page/page.ts';
import type { Reproduction } from '../../../harness/reproduce/index.ts';
import { mended } from '../../reproduce/_result.ts';
import { BUG_HEADINGS } from '../bug/headings.ts';

/** A case that fails at the runner by going around the proxy, and that nothing mends. */
function unmended(change: Partial<Reproduction> = {}, who: 'runner' | 'daemon' = 'runner'): Reproduction {
  const result = mended();
  const { failed } = result.trial;
  if (!failed) throw new Error('The case works.');
  const failure = { ...failed.failure, who };
  const trial = { steps: [...result.trial.steps.slice(0, -1), { ...failed, failure }], failed: { ...failed, failure } };
  return {
    ...result,
    trial,
    subject: { kind: 'gitlab-runner', version: '17.11.4', path: '/usr/bin/gitlab-runner' },
    proof: { ...result.proof, proved: [], after: trial },
    ...change,
  };
}

describe('a cause that is in the runner', () => {
  it('is one where nothing mends what no runner may do', () => {
    expect(runnerBug(unmended())).toMatchObject({
      expected: 'nothing goes around the proxy',
      observed: expect.stringContaining('1 connection went around the proxy, the first to registry-1.docker.io:443'),
    });
  });

  it('is none where a remedy is proved, none was tried, or another program failed', () => {
    const { proof, ...untried } = unmended();
    expect(runnerBug(mended())).toBeUndefined();
    expect(runnerBug(untried)).toBeUndefined();
    expect(runnerBug(unmended({}, 'daemon'))).toBeUndefined();
    expect(proof?.proved).toEqual([]);
  });

  it('is none of the reference runner, nor where nothing is recorded that no runner may do', () => {
    expect(runnerBug(unmended({ subject: { kind: 'reference', version: '17', path: 'reference' } }))).toBeUndefined();
    const result = unmended();
    expect(runnerBug({ ...result, events: result.events.filter(({ kind }) => kind !== 'tripwire') })).toBeUndefined();
  });

  it("is reported with the headings of gitlab-runner's template", () => {
    const result = unmended();
    const text = bugFile(result, runnerBug(result) ?? { expected: '', observed: '', evidence: [] });
    expect(text.match(/^##.*$/gm)).toEqual(BUG_HEADINGS);
    expect(text).toContain('--runner /usr/bin/gitlab-runner');
    expect(text).toContain('gitlab-runner 17.11.4');
    expect(text).toContain('subject → tripwire    BYPASS');
    expect(text).toContain('ERROR: Job failed: failed to pull image');
    expect(text).toContain('- systemd/wrong-section');
    expect(text).toContain('executor = "docker"');
    expect(text).not.toContain('Winter#2026');
    expect(text).not.toContain('glrt-secret');
  });

  it('is on the page', () => {
    const html = reproductionPage(unmended(), { version: '0.1.0', files: [] });
    expect(html).toContain('<h3>The runner</h3>');
    expect(html).not.toContain('What applies it');
  });
});
