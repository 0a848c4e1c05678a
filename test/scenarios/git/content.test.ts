import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import large from '../../../scenarios/git/large.ts';
import lfs from '../../../scenarios/git/lfs.ts';
import shallow from '../../../scenarios/git/shallow.ts';
import submodules from '../../../scenarios/git/submodules.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const MODULE = { target: '/group/module.git/info/refs?service=git-upload-pack' };

describe('git/submodules', () => {
  it('passes when the submodule came through the proxy and the job found it', () => {
    const story = new Story().handsOut().passes('git').passes('git', MODULE);
    expect(judged(submodules, story.finishes('success')).outcome).toBe('pass');
  });

  it('fails when it is not asked for, not through the proxy, or not there', () => {
    const unasked = new Story().handsOut().passes('git').finishes('success');
    expect(judged(submodules, unasked)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/0 requests for it/),
    });
    const direct = new Story()
      .handsOut()
      .passes('git')
      .reachesGitlab('git', { ...MODULE, via: 'direct' });
    expect(judged(submodules, direct.finishes('success')).outcome).toBe('fail');
    const absent = new Story().handsOut().passes('git').passes('git', MODULE).finishes('failed');
    expect(judged(submodules, absent).outcome).toBe('fail');
  });

  it('asks for the submodule of the submodule, too, where there is one', () => {
    const story = () => new Story().handsOut().passes('git').passes('git', MODULE);
    const axes = { strategy: 'recursive' };
    const inner = { target: '/group/inner.git/info/refs?service=git-upload-pack' };
    expect(judged(submodules, story().passes('git', inner).finishes('success'), axes).outcome).toBe('pass');
    expect(judged(submodules, story().finishes('success'), axes)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/the submodule's own submodule is got through the proxy/),
    });
  });
});

describe('git/lfs', () => {
  const content = `proxyproof-lfs-content\n${'stored by Git LFS\n'.repeat(200)}`;
  const line = `${createHash('sha256').update(content).digest('hex')}  large.txt\n`;

  it('passes when the object came through the proxy', () => {
    const story = new Story().handsOut().passes('git').passes('lfs').finishes('success', line);
    expect(judged(lfs, story).outcome).toBe('pass');
  });

  it('fails when another object came, or none', () => {
    for (const trace of [line.replace(/^[0-9a-f]+/, '0'.repeat(64)), '']) {
      const story = new Story().handsOut().passes('git').passes('lfs').finishes('success', trace);
      expect(judged(lfs, story)).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(/the job has the object that was stored/),
      });
    }
  });

  it('fails when the storage that GitLab redirects to is not asked through the proxy', () => {
    const redirected = () => new Story().handsOut().passes('git').passes('lfs', { status: 302 });
    expect(judged(lfs, redirected().passes('object-storage').finishes('success', line)).outcome).toBe('pass');
    expect(judged(lfs, redirected().finishes('success', line)).outcome).toBe('fail');
    const direct = redirected().reachesGitlab('object-storage', { via: 'direct' });
    expect(judged(lfs, direct.finishes('success', line)).outcome).toBe('fail');
  });

  it('fails when it did not, or not that way', () => {
    expect(judged(lfs, new Story().handsOut().passes('git').finishes('success', line)).outcome).toBe('fail');
    expect(judged(lfs, new Story().handsOut().passes('git').passes('lfs').finishes('failed', line)).outcome).toBe(
      'fail',
    );
    const direct = new Story().handsOut().passes('git').reachesGitlab('lfs', { via: 'direct' });
    expect(judged(lfs, direct.finishes('success', line)).outcome).toBe('fail');
  });
});

describe('git/shallow', () => {
  it('goes by what the job itself found', () => {
    const one = new Story().handsOut().passes('git').finishes('success', 'proxyproof-commits=1\n');
    expect(judged(shallow, one).outcome).toBe('pass');
    const five = new Story().handsOut().passes('git').finishes('failed', 'proxyproof-commits=5\n');
    expect(judged(shallow, five)).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(/the job has 5/) });
  });
});

describe('git/large', () => {
  const of = (bytes: number): Story => new Story().handsOut().passes('git', { bytes }).finishes('success');

  it('passes when all of it went through both', () => {
    expect(judged(large, of(100 * 1024 * 1024)).outcome).toBe('pass');
    expect(judged(large, of(99 * 1024 * 1024))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/99.0 MiB/),
    });
  });
});
