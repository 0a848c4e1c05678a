import { describe, expect, it } from 'vitest';
import jobLifecycle from '../../../scenarios/polling/job-lifecycle.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const text = 'grün → 漢字 😀 \u001b[0;32mgreen\u001b[0;m\tand "quoted" 100 % $HOME \\n '.repeat(6).trimEnd();
const lines = Array.from({ length: 300 }, (_, index) => `proxyproof line ${index + 1} of 300 ${text}\r`);
/** What comes last: an empty line, and one without an end. */
const ODD = ['proxyproof before an empty line', '', 'proxyproof last wordsCleaning up', 'Job succeeded', ''];
const trace = (of: readonly string[], odd: readonly string[] = ODD): string =>
  ['$ for i in $(seq 1 300); do …', ...of, ...odd].join('\n');

describe('polling/job-lifecycle', () => {
  it('passes with the whole trace and the right state', () => {
    expect(judged(jobLifecycle, new Story().handsOut().finishes('success', trace(lines))).outcome).toBe('pass');
    const failed = new Story().handsOut().finishes('failed', trace(lines));
    expect(judged(jobLifecycle, failed, { ends: 'failure' }).outcome).toBe('pass');
  });

  it('takes timestamps off', () => {
    const [first = '', ...rest] = lines;
    const stamp = '2026-01-02T03:04:05.678901Z 00O';
    const stamped = [
      `${stamp} ${first.slice(0, 5)}`,
      `${stamp}+${first.slice(5)}`,
      ...rest.map((each) => `${stamp} ${each}`),
    ];
    expect(judged(jobLifecycle, new Story().handsOut().finishes('success', trace(stamped))).outcome).toBe('pass');
  });

  it.each([
    ['a line is missing', lines.toSpliced(99, 1), /after 99 lines in order comes line 101/],
    ['two are swapped', lines.toSpliced(9, 2, lines[10] ?? '', lines[9] ?? ''), /after 9 lines in order comes line 11/],
    ['one is there twice', lines.toSpliced(4, 0, lines[3] ?? ''), /after 4 lines in order comes line 4/],
    ['a line has other characters', lines.with(6, (lines[6] ?? '').replaceAll('ü', '?')), /line 7 ends with: /],
    ['lines end in another way', lines.map((line) => line.trimEnd()), /0 lines end so/],
    ['the end is missing', lines.slice(0, 200), /200 lines arrived/],
  ] as const)('fails when %s', (_, of, reason) => {
    const story = new Story().handsOut().finishes('success', trace(of));
    expect(judged(jobLifecycle, story)).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it.each([
    ['the empty line is not there', ODD.toSpliced(1, 1), /the empty line is not/],
    ['the line without an end is not there', ODD.toSpliced(2, 1), /the line without an end is not/],
  ] as const)('fails when %s', (_, odd, reason) => {
    const story = new Story().handsOut().finishes('success', trace(lines, odd));
    expect(judged(jobLifecycle, story)).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it('fails with the wrong state, or a request around the proxy', () => {
    const success = new Story().handsOut().finishes('success', trace(lines));
    expect(judged(jobLifecycle, success, { ends: 'failure' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/as success/),
    });
    expect(judged(jobLifecycle, success.reachesGitlab('trace', { via: 'direct' })).outcome).toBe('fail');
  });

  it('is blocked without a job', () => {
    expect(judged(jobLifecycle, new Story().passes('job', { status: 204 })).outcome).toBe('blocked');
  });
});
