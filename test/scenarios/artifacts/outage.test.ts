import { describe, expect, it } from 'vitest';
import outage from '../../../scenarios/artifacts/outage.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const CUT = { at: 'download', outage: 'cuts', executor: 'shell' };
const fault = (story: Story): Story => story.add('proxy', { kind: 'fault', name: 'reset', state: 'struck' });
/** A download is cut; what comes next is what the runner makes of it. */
const cut = (): Story => fault(new Story().handsOut().mark('outage-begins').passes('download'));
const over = (story: Story): Story => story.mark('outage-ends').mark('outage-is-over').handsOut(4002);

describe('artifacts/outage', () => {
  it('wants a job to fail when its download was given up', () => {
    const story = () => fault(new Story().handsOut().mark('outage-begins'));
    const axes = { at: 'download', executor: 'shell' };
    expect(judged(outage, over(story().finishes('failed')).finishes('success'), axes).outcome).toBe('pass');
    expect(judged(outage, over(story().finishes('success')).finishes('success'), axes)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/the job was reported as success/),
    });
  });

  it('wants what was sent when a download that was cut is tried again', () => {
    const again = () => cut().passes('download');
    expect(judged(outage, over(again().finishes('success', 'random: OK\n')).finishes('success'), CUT).outcome).toBe(
      'pass',
    );
    expect(judged(outage, over(again().finishes('success')).finishes('success'), CUT)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/it found another, or none/),
    });
    expect(judged(outage, over(again().finishes('failed')).finishes('success'), CUT)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/the file that was sent/),
    });
  });

  it('wants the job to fail when it is not', () => {
    expect(judged(outage, over(cut().finishes('failed')).finishes('success'), CUT).outcome).toBe('pass');
    expect(judged(outage, over(cut().finishes('success')).finishes('success'), CUT).outcome).toBe('fail');
  });
});
