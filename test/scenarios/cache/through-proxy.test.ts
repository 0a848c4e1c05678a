import { describe, expect, it } from 'vitest';
import throughProxy from '../../../scenarios/cache/through-proxy.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const TARGET = 'runner-cache/project/7/proxyproof';
const reason = (text: RegExp) => ({ outcome: 'fail', reason: expect.stringMatching(text) });

/** A request to the bucket, through the proxy. */
const asks = (story: Story, method: 'GET' | 'PUT', status: number): Story =>
  story.passes('cache', { method, target: `/${TARGET}`, status });

const [LEFT, OTHER] = ['a'.repeat(64), 'b'.repeat(64)];

const first = (story: Story): Story =>
  asks(asks(story.handsOut(), 'GET', 404), 'PUT', 200).finishes(
    'success',
    `proxyproof-found=nothing\nproxyproof-left=${LEFT} -\n`,
  );
const second = (story: Story, found: string, status = 200): Story =>
  asks(asks(story.handsOut(4002), 'GET', status), 'PUT', 200).finishes(
    'success',
    `proxyproof-found=${found} -\nproxyproof-left=${OTHER} -\n`,
    4002,
  );

describe('cache/through-proxy', () => {
  it('passes when the second job gets by the proxy what the first left', () => {
    expect(judged(throughProxy, second(first(new Story()), LEFT)).outcome).toBe('pass');
  });

  it('fails when the archive cannot be got again, though a volume has it', () => {
    expect(judged(throughProxy, second(first(new Story()), LEFT, 403))).toMatchObject(
      reason(/0 of 2 requests did, one was answered with 404/),
    );
  });

  it('fails when the second job finds nothing, or never ran', () => {
    expect(judged(throughProxy, second(first(new Story()), 'nothing'))).toMatchObject(
      reason(/the second found nothing/),
    );
    expect(judged(throughProxy, second(first(new Story()), OTHER))).toMatchObject(
      reason(/the second found bbbbbbbbbbbb…/),
    );
    expect(judged(throughProxy, first(new Story()))).toMatchObject(reason(/no final state of job 2/));
  });

  it('fails when the bucket is asked directly', () => {
    const direct = second(first(new Story()), LEFT).reachesGitlab('cache', { via: 'direct' });
    expect(judged(throughProxy, direct)).toMatchObject(reason(/nothing goes around the proxy/));
  });
});
