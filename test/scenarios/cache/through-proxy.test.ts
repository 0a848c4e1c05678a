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

const FILE = 'cached/random';
const said = (word: 'found' | 'left', ...files: readonly string[]): string =>
  files.map((each) => `proxyproof-${word}=${each}\n`).join('');

const first = (story: Story): Story =>
  asks(asks(story.handsOut(), 'GET', 404), 'PUT', 200).finishes('success', said('left', `${LEFT}  ${FILE}`));
const second = (story: Story, found: readonly string[], status = 200): Story =>
  asks(asks(story.handsOut(4002), 'GET', status), 'PUT', 200).finishes(
    'success',
    said('found', ...found) + said('left', `${OTHER}  ${FILE}`),
    4002,
  );
const third = (story: Story, ...found: readonly string[]): Story =>
  asks(withoutKeeping(story), 'PUT', 200).finishes('success', said('found', ...found), 4003);
const withoutKeeping = (story: Story): Story => asks(story.handsOut(4003), 'GET', 404);

describe('cache/through-proxy', () => {
  it('passes when the second job gets by the proxy what the first left', () => {
    expect(judged(throughProxy, third(second(first(new Story()), [`${LEFT}  ${FILE}`]))).outcome).toBe('pass');
  });

  it('fails when the archive cannot be got again, though a volume has it', () => {
    expect(judged(throughProxy, second(first(new Story()), [`${LEFT}  ${FILE}`], 403))).toMatchObject(
      reason(/0 of 2 requests did, one was answered with 404/),
    );
  });

  it('fails when the second job finds nothing, or never ran', () => {
    expect(judged(throughProxy, second(first(new Story()), []))).toMatchObject(reason(/the second found nothing/));
    expect(judged(throughProxy, second(first(new Story()), [`${OTHER}  ${FILE}`]))).toMatchObject(
      reason(/cached\/random came with another content/),
    );
    expect(judged(throughProxy, first(new Story()))).toMatchObject(reason(/no final state of job 2/));
  });

  it('fails when the third job finds what was kept under another key', () => {
    const found = third(second(first(new Story()), [`${LEFT}  ${FILE}`]), `${OTHER}  ${FILE}`);
    expect(judged(throughProxy, found)).toMatchObject(reason(/another key, finds nothing.*it found cached\/random/));
  });

  it('fails when a job does not keep what it has made', () => {
    const kept = withoutKeeping(second(first(new Story()), [`${LEFT}  ${FILE}`])).finishes('success', '', 4003);
    expect(judged(throughProxy, kept)).toMatchObject(reason(/kept by each job: 3 PUTs succeed.*2 of 2 requests did/));
  });

  it('fails when the bucket is asked directly', () => {
    const direct = second(first(new Story()), [`${LEFT}  ${FILE}`]).reachesGitlab('cache', { via: 'direct' });
    expect(judged(throughProxy, direct)).toMatchObject(reason(/nothing goes around the proxy/));
  });
});
