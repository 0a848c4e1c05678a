import { describe, expect, it } from 'vitest';
import throughProxy from '../../../scenarios/cache/through-proxy.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const TARGET = 'runner-cache/project/7/proxyproof';
const reason = (text: RegExp) => ({ outcome: 'fail', reason: expect.stringMatching(text) });

/** A request to the bucket, through the proxy. */
const asks = (story: Story, method: 'GET' | 'PUT', status: number): Story =>
  story.passes('cache', { method, target: `/${TARGET}`, status });

const first = (story: Story): Story =>
  asks(asks(story.handsOut(), 'GET', 404), 'PUT', 200).finishes('success', 'proxyproof-cache=empty\n');
const second = (story: Story, found: string, status = 200): Story =>
  asks(asks(story.handsOut(4002), 'GET', status), 'PUT', 200).finishes('success', `proxyproof-cache=${found}\n`, 4002);

describe('cache/through-proxy', () => {
  it('passes when the second job gets by the proxy what the first left', () => {
    expect(judged(throughProxy, second(first(new Story()), 'kept')).outcome).toBe('pass');
  });

  it('fails when the archive cannot be got again, though a volume has it', () => {
    expect(judged(throughProxy, second(first(new Story()), 'kept', 403))).toMatchObject(
      reason(/0 of 2 requests did, one was answered with 404/),
    );
  });

  it('fails when the second job finds nothing, or never ran', () => {
    expect(judged(throughProxy, second(first(new Story()), 'empty'))).toMatchObject(reason(/the second empty/));
    expect(judged(throughProxy, first(new Story()))).toMatchObject(reason(/no final state of job 2/));
  });

  it('fails when the bucket is asked directly', () => {
    const direct = second(first(new Story()), 'kept').reachesGitlab('cache', { via: 'direct' });
    expect(judged(throughProxy, direct)).toMatchObject(reason(/nothing goes around the proxy/));
  });
});
