import { describe, expect, it } from 'vitest';
import idle from '../../../scenarios/polling/idle.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

/** Polls at these times, in milliseconds, watched for 40 s. */
function polls(times: readonly number[], status = 204): Story {
  const story = new Story();
  for (const time of times) story.at(time).passes('job', { status });
  return story.at(40_000).mark('stopping');
}

const every = (ms: number): number[] => Array.from({ length: Math.floor(39_900 / ms) }, (_, n) => n * ms);

describe('polling/idle', () => {
  it('passes at the interval, and at one that is a little longer or shorter', () => {
    for (const ms of [3_000, 2_000, 4_000]) {
      expect(judged(idle, polls(every(ms)), { answer: 'nothing' })).toMatchObject({ outcome: 'pass' });
    }
  });

  it('fails when it asks too often, or stops asking', () => {
    expect(judged(idle, polls(every(1_000)), { answer: 'nothing' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/at most 30 requests come in 40\.0 s\. Observed: 39 requests came/),
    });
    expect(judged(idle, polls([0, 3_000, 6_000]), { answer: 'nothing' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/none came for the last 34\.0 s, after 3 requests/),
    });
    expect(judged(idle, polls([0, 3_000, 20_000, 23_000, 26_000, 29_000, 32_000, 35_000, 38_000]))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/the longest pause was 17\.0 s, after 2 requests/),
    });
  });

  it('lets a runner ask less often while GitLab fails', () => {
    expect(judged(idle, polls([0, 3_000, 9_000, 21_000], 500), { answer: 'fails' }).outcome).toBe('pass');
  });

  it('is blocked where nothing is asked at all', () => {
    expect(judged(idle, new Story().at(40_000).mark('stopping')).outcome).toBe('blocked');
  });
});
