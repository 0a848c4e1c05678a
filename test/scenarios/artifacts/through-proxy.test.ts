import { describe, expect, it } from 'vitest';
import { bodyRecord } from '../../../harness/ledger/index.ts';
import throughProxy from '../../../scenarios/artifacts/through-proxy.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const stored = (story: Story, bytes = 600_000): Story =>
  story.add('gitlab', { kind: 'job', job: 4001, what: 'artifact', artifact: { ...bodyRecord(''), bytes } });

const both = (): Story => stored(new Story().handsOut().passes('download').passes('upload', { status: 201 }));
const reason = (text: RegExp) => ({ outcome: 'fail', reason: expect.stringMatching(text) });

describe('artifacts/through-proxy', () => {
  it('passes when both ways lead through the proxy', () => {
    expect(judged(throughProxy, both().finishes('success'), { storage: 'gitlab' }).outcome).toBe('pass');
  });

  it('fails when one way leads around it, or was not taken', () => {
    const upload = stored(new Story().handsOut().passes('download').reachesGitlab('upload', { via: 'direct' }));
    expect(judged(throughProxy, upload.finishes('success'))).toMatchObject(
      reason(/1 of 1 artifact upload arrived at GitLab from elsewhere/),
    );
    const none = stored(new Story().handsOut().passes('upload')).finishes('success');
    expect(judged(throughProxy, none)).toMatchObject(reason(/no artifact downloads arrived/));
  });

  it('fails when the archive did not arrive whole', () => {
    const short = stored(new Story().handsOut().passes('download').passes('upload'), 100).finishes('success');
    expect(judged(throughProxy, short)).toMatchObject(reason(/it has 100 bytes/));
  });

  it('asks for object storage only where that is where they are', () => {
    const axes = { storage: 'object-storage' };
    expect(judged(throughProxy, both().finishes('success'), axes)).toMatchObject(
      reason(/no requests to object storage/),
    );
    expect(judged(throughProxy, both().passes('object-storage').finishes('success'), axes).outcome).toBe('pass');
  });
});
