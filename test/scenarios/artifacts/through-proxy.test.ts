import { describe, expect, it } from 'vitest';
import { bodyRecord } from '../../../harness/ledger/index.ts';
import throughProxy from '../../../scenarios/artifacts/through-proxy.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const [MADE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];
/** What the job prints of the files that it made. */
const TRACE = `proxyproof-made=${MADE}  dist/random\n`;

const stored = (story: Story, ...files: readonly string[]): Story =>
  story.add('gitlab', {
    kind: 'job',
    job: 4001,
    what: 'artifact',
    artifact: { ...bodyRecord(''), bytes: 600_000 },
    files: files.length > 0 ? files : [`${MADE}  dist/random`],
  });

const both = (): Story => stored(new Story().handsOut().passes('download').passes('upload', { status: 201 }));
const reason = (text: RegExp) => ({ outcome: 'fail', reason: expect.stringMatching(text) });

describe('artifacts/through-proxy', () => {
  it('passes when both ways lead through the proxy', () => {
    expect(judged(throughProxy, both().finishes('success', TRACE), { storage: 'gitlab' }).outcome).toBe('pass');
  });

  it('fails when one way leads around it, or was not taken', () => {
    const upload = stored(new Story().handsOut().passes('download').reachesGitlab('upload', { via: 'direct' }));
    expect(judged(throughProxy, upload.finishes('success', TRACE))).toMatchObject(
      reason(/1 of 1 artifact upload arrived at GitLab from elsewhere/),
    );
    const none = stored(new Story().handsOut().passes('upload')).finishes('success', TRACE);
    expect(judged(throughProxy, none)).toMatchObject(reason(/no artifact downloads arrived/));
  });

  it.each([
    ['has another content', `${OTHER}  dist/random`, /dist\/random came with another content/],
    ['lacks the file', `${MADE}  dist/else`, /dist\/random of 1 is not there/],
  ])('fails when the archive %s', (_, file, text) => {
    const other = stored(new Story().handsOut().passes('download').passes('upload', { status: 201 }), file);
    expect(judged(throughProxy, other.finishes('success', TRACE))).toMatchObject(reason(text));
  });

  it('fails when what GitLab has taken is sent again', () => {
    const twice = both().passes('upload', { status: 201 }).finishes('success', TRACE);
    expect(judged(throughProxy, twice)).toMatchObject(reason(/not sent again.*GitLab took 2 uploads/));
  });

  it('asks for object storage only where that is where they are', () => {
    const axes = { storage: 'object-storage' };
    expect(judged(throughProxy, both().finishes('success', TRACE), axes)).toMatchObject(
      reason(/no requests to object storage/),
    );
    expect(judged(throughProxy, both().passes('object-storage').finishes('success', TRACE), axes).outcome).toBe('pass');
  });
});
