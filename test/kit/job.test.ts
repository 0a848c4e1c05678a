import { describe, expect, it } from 'vitest';
import { endsAs, jobEnd, traceLines } from '../../harness/kit/index.ts';
import { Story } from '../scenarios/_builder.ts';

const stamped = (flag: string, text: string): string => `2026-01-02T03:04:05.678901Z 01O${flag}${text}`;

describe('a trace', () => {
  it('is read without timestamps, and with lines put together that go on', () => {
    const trace = [stamped(' ', 'one'), stamped(' ', 'tw'), stamped('+', 'o'), 'three\r'].join('\n');
    expect(traceLines(new Story().handsOut().finishes('success', trace).evidence)).toEqual(['one', 'two', 'three']);
  });

  it('is told by the place of its job among those that ended', () => {
    const story = new Story().finishes('success', 'first').finishes('failed', 'second', 4002);
    expect(traceLines(story.evidence, 1)).toEqual(['second']);
    expect(jobEnd(story.evidence, 2)).toBeUndefined();
  });

  it('reads a line of one stream behind the stamp of the other', () => {
    const stamp = (stream: string): string => `2026-11-29T15:24:02.134185Z 01${stream} `;
    const trace = [`${stamp('E')}${stamp('O')}16 to stdout`, `${stamp('O')}17 to stdout`, '16 to stderr', ''].join(
      '\n',
    );
    expect(traceLines(new Story().handsOut().finishes('success', trace).evidence)).toEqual([
      '16 to stdout',
      '17 to stdout',
      '16 to stderr',
      '',
    ]);
  });
});

describe('the end of a job', () => {
  it('is as it should be', () => {
    expect(endsAs(new Story().finishes('success').evidence, 'success')).toMatchObject({ verdict: 'holds' });
  });

  it('is said with the words before those that every failed job ends with', () => {
    const trace = 'fatal: unable to access\nCleaning up project directory\nERROR: Job failed: exit status 1\n';
    expect(endsAs(new Story().finishes('failed', trace).evidence, 'success')).toMatchObject({
      verdict: 'fails',
      observed: 'the job was reported as failed; its trace ends with: fatal: unable to access',
    });
  });

  it('may never have been reported', () => {
    expect(endsAs(new Story().handsOut().evidence, 'success', 1).observed).toBe('no final state of job 2 was reported');
  });
});
