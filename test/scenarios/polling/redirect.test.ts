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

  it('is blocked when nothing was redirected', () => {
    expect(judged(redirect, new Story().handsOut().finishes('success')).outcome).toBe('blocked');
    expect(judged(redirect, new Story(), { request: 'verify' }).outcome).toBe('blocked');
  });
});
