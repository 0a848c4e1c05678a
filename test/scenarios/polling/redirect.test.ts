import { describe, expect, it } from 'vitest';
import redirect from '../../../scenarios/polling/redirect.ts';
import { type RequestOptions, Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const JOB = '/api/v4/jobs/request';
const MOVED = { target: `${JOB}?moved=1`, sends: '{"token":"…"}' };
const redirected = (): Story => new Story().passes('job', { status: 307, sends: '{"token":"…"}' });
const followed = (options: Partial<RequestOptions>): Story => {
  const story = redirected().passes('job', { ...MOVED, status: 201, ...options });
  return story.add('gitlab', { kind: 'job', job: 4001, what: 'handed-out', state: 'running' });
};

describe('polling/redirect', () => {
  it('passes when the same request comes to the target, through the proxy', () => {
    expect(judged(redirect, followed({}).finishes('success'))).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    ['nothing', /no request arrived there/, redirected()],
    ['another method', /GET .* in place of POST/, followed({ method: 'GET' })],
    ['no body', /with a body of 0 bytes in place of 15/, followed({ sends: '' })],
    ['another body', /with another body/, followed({ sends: '{"token":"???"}' })],
    ['a refused request', /answered with 404/, followed({ status: 404 })],
  ] as const)('fails when %s comes to it', (_, reason, story) => {
    const told = story.add('gitlab', { kind: 'job', job: 4001, what: 'handed-out', state: 'running' });
    expect(judged(redirect, told)).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it('fails when the target is asked directly', () => {
    const direct = redirected().bypass(`POST ${MOVED.target}`);
    expect(judged(redirect, direct)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/went around the proxy/),
    });
  });

  it('fails when the target gets credentials that are not for it', () => {
    const shown = followed({ headers: [['Authorization', 'Basic «proxy-credentials»']] }).finishes('success');
    expect(judged(redirect, shown)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/in the header Authorization/),
    });
  });

  it("fails when object storage gets GitLab's token", () => {
    const axes = { request: 'download', status: '302' };
    const story = (headers: RequestOptions['headers']): Story =>
      new Story()
        .handsOut()
        .passes('download', { status: 302, target: '/api/v4/jobs/3001/artifacts?direct_download=true' })
        .passes('object-storage', { target: '/object-storage/3001', ...(headers ? { headers } : {}) })
        .finishes('success');
    expect(judged(redirect, story(undefined), axes)).toMatchObject({ outcome: 'pass' });
    expect(judged(redirect, story([['Job-Token', '«job-token-4001»']]), axes)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/sent to the storage, in the header Job-Token/),
    });
  });

  describe('to object storage', () => {
    const axesOf = (storage: string) => ({ request: 'download', status: '302', storage });

    it('that moves is followed twice', () => {
      const moves = (): Story =>
        asked(new Story().handsOut(), 'download', 'proxy').passes('object-storage', {
          status: 302,
          target: '/object-storage/a.zip',
        });
      const there = moves().passes('object-storage', { target: '/object-storage/moved/a.zip' });
      expect(judged(redirect, there.finishes('success'), axesOf('moves'))).toMatchObject({ outcome: 'pass' });
      expect(judged(redirect, moves().finishes('failed'), axesOf('moves'))).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(/the object storage gets the same request.*no request arrived there/),
      });
    });

    it.each([
      ['in-no-proxy', 'proxy', 'direct', /object-storage requests go to storage\.test directly.*Observed: 0 of 1/],
      ['by-proxy-alone', 'direct', 'proxy', /object-storage requests arrive at GitLab, and from the proxy/],
      [
        'over-tls',
        'proxy',
        'direct',
        /object-storage requests go to storage\.test directly: its scheme.*Observed: 0 of 1/,
      ],
    ] as const)('is asked as the variables say of it, and not of GitLab: %s', (storage, first, right, reason) => {
      const story = (second: 'direct' | 'proxy'): Story =>
        asked(asked(new Story().handsOut(), 'download', first), 'object-storage', second).finishes('success');
      expect(judged(redirect, story(right), axesOf(storage))).toMatchObject({ outcome: 'pass' });
      expect(judged(redirect, story(first), axesOf(storage))).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(reason),
      });
    });

    const asked = (story: Story, kind: 'download' | 'object-storage', via: 'direct' | 'proxy'): Story => {
      const isFirst = kind === 'download';
      const options = {
        status: isFirst ? 302 : 200,
        target: isFirst ? '/api/v4/jobs/3001/artifacts' : '/object-storage/a',
      };
      return via === 'proxy' ? story.passes(kind, options) : story.reachesGitlab(kind, { ...options, via });
    };
  });

  it('is blocked when nothing was redirected', () => {
    expect(judged(redirect, new Story().handsOut().finishes('success')).outcome).toBe('blocked');
    expect(judged(redirect, new Story(), { request: 'verify' }).outcome).toBe('blocked');
  });
});
