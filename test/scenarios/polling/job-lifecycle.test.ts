import { describe, expect, it } from 'vitest';
import jobLifecycle from '../../../scenarios/polling/job-lifecycle.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const text = 'grün → 漢字 😀 \u001b[0;32mgreen\u001b[0;m\tand "quoted" 100 % $HOME \\n '.repeat(6).trimEnd();
const linesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `proxyproof line ${index + 1} of ${count} ${text}\r`);
const IN_PIECES = 'proxyproof in pieces ü漢😀';
const ON_STDERR = 'proxyproof on stderr';
/** What the job prints besides stands between them. */
const lines = linesOf(300).toSpliced(150, 0, ON_STDERR).toSpliced(75, 0, IN_PIECES);
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
    ['a line is missing', lines.toSpliced(100, 1), /after 99 lines in order comes line 101/],
    [
      'a character is broken',
      lines.with(75, IN_PIECES.replace('漢', '\ufffd\ufffd')),
      /the line is: proxyproof in pieces ü\ufffd/,
    ],
    ['a line of pieces is missing', lines.toSpliced(75, 1), /the line is: none/],
    ['stderr comes late', lines.toSpliced(151, 1).concat(ON_STDERR), /it is after line 300/],
    ['stderr comes early', lines.toSpliced(151, 1).toSpliced(0, 0, ON_STDERR), /it is before the first line/],
    ['stderr is missing', lines.toSpliced(151, 1), /it is not there/],
    ['two are swapped', lines.toSpliced(9, 2, lines[10] ?? '', lines[9] ?? ''), /after 9 lines in order comes line 11/],
    ['one is there twice', lines.toSpliced(4, 0, lines[3] ?? ''), /after 4 lines in order comes line 4/],
    ['a line has other characters', lines.with(6, (lines[6] ?? '').replaceAll('ü', '?')), /line 7 ends with: /],
    ['lines end in another way', lines.map((line) => line.trimEnd()), /0 lines end so/],
    ['the end is missing', lines.slice(0, 200), /198 lines arrived/],
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

  it.each([
    ['job_execution_timeout', 'pass'],
    [undefined, 'pass'],
    ['script_failure', 'fail'],
    ['runner_system_failure', 'fail'],
  ] as const)('says of a timeout that is told as %s: %s', (failureReason, outcome) => {
    const story = new Story().handsOut().finishes('failed', trace(lines), 4001, failureReason);
    expect(judged(jobLifecycle, story, { ends: 'timeout' }).outcome).toBe(outcome);
  });

  describe('with a job that GitLab cancels', () => {
    const of = (story: Story) => judged(jobLifecycle, story, { ends: 'canceled' });
    const canceled = (): Story =>
      new Story().handsOut(4001).add('gitlab', { kind: 'job', job: 4001, what: 'canceled', state: 'canceled' });
    const next = (story: Story): Story => story.handsOut(4002).finishes('success', 'next', 4002);

    it('passes where the runner runs the next one', () => {
      expect(of(next(canceled().passes('trace', { status: 403 }))).outcome).toBe('pass');
    });

    it('fails where it goes on with the first', () => {
      expect(of(canceled())).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('no final state') });
    });

    it('fails where it asks again and again about the first', () => {
      let story = canceled();
      for (let each = 0; each < 6; each++) story = story.passes('trace', { status: 403 });
      expect(of(next(story))).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(/nothing more is asked about a job .* Observed: \d requests about it came/),
      });
    });

    it('is blocked where nothing was canceled', () => {
      expect(of(new Story().handsOut(4001)).outcome).toBe('blocked');
    });
  });

  it('wants every line of a long trace', () => {
    const whole = new Story().handsOut().finishes('success', trace(linesOf(5000)));
    expect(judged(jobLifecycle, whole, { trace: '2MiB' }).outcome).toBe('pass');
    const cut = new Story().handsOut().finishes('success', trace(linesOf(5000).toSpliced(4000, 1)));
    expect(judged(jobLifecycle, cut, { trace: '2MiB' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/after 4000 lines in order comes line 4002/),
    });
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
