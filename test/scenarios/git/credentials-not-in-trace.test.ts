import { describe, expect, it } from 'vitest';
import scenario from '../../../scenarios/git/credentials-not-in-trace.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const CLEAN = 'origin http://gitlab-ci-token:[MASKED]@gitlab.test/group/project.git (fetch)\n';

describe('git/credentials-not-in-trace', () => {
  it('passes with a clean trace', () => {
    expect(judged(scenario, new Story().handsOut().passes('git').finishes('success', CLEAN)).outcome).toBe('pass');
    const failed = new Story().handsOut().passes('git', { status: 403 }).finishes('failed', 'fatal: 403\n');
    expect(judged(scenario, failed, { clone: 'fails' }).outcome).toBe('pass');
  });

  it.each(['«job-token»', '«proxy-credentials»', '«proxy-credentials-password»'])('fails with %s in it', (mark) => {
    const story = new Story().handsOut().passes('git').finishes('success', `${CLEAN}it is ${mark}.\n`);
    expect(judged(scenario, story)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(new RegExp(`it is ${mark}`)),
    });
  });

  it('is blocked when there is nothing to look at', () => {
    expect(judged(scenario, new Story().handsOut().passes('git').finishes('success', '')).outcome).toBe('blocked');
    expect(judged(scenario, new Story().handsOut().finishes('success', CLEAN)).outcome).toBe('blocked');
    expect(judged(scenario, new Story().handsOut().passes('git')).outcome).toBe('blocked');
    const cloned = new Story().handsOut().passes('git').finishes('success', CLEAN);
    expect(judged(scenario, cloned, { clone: 'fails' }).outcome).toBe('blocked');
  });
});
