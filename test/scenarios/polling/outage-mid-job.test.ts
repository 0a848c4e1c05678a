import { describe, expect, it } from 'vitest';
import { OUTAGE } from '../../../harness/kit/outage.ts';
import outage from '../../../scenarios/polling/outage-mid-job.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const part = (number: number): string[] =>
  Array.from({ length: 20 }, (_, index) => `proxyproof part ${number} line ${index + 1}`);
const trace = (...parts: number[]): string => ['$ for i in …', ...parts.flatMap(part), 'Job succeeded'].join('\n');

const reset = { how: 'reset', at: 'trace' };
const struck = (story: Story, detail = 'PATCH http://gitlab.test:41000/api/v4/jobs/4001/trace'): Story =>
  story.add('proxy', { kind: 'fault', name: 'reset', state: 'struck', detail });
const begun = (): Story => new Story().handsOut().passes('trace', { status: 202 }).at(1000).mark(OUTAGE.from);
const met = (): Story => struck(begun().at(2000));
const over = (story: Story): Story => story.at(60_000).mark(OUTAGE.to).mark(OUTAGE.over).at(61_000);

describe('polling/outage-mid-job', () => {
  it('passes when nothing is lost and the end is told', () => {
    expect(judged(outage, over(met()).finishes('success', trace(1, 2, 3)), reset)).toMatchObject({ outcome: 'pass' });
    const two = over(met()).finishes('success', trace(1, 2));
    expect(judged(outage, two, { how: 'reset', at: 'keep-alive' }).outcome).toBe('pass');
  });

  it('fails when anything goes direct, or reaches GitLab meanwhile', () => {
    const direct = over(met().bypass('PATCH /api/v4/jobs/4001/trace')).finishes('success', trace(1, 2, 3));
    expect(judged(outage, direct, reset)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 connection went around the proxy.*PATCH/),
    });
    const arrived = over(met().reachesGitlab('update')).finishes('success', trace(1, 2, 3));
    expect(judged(outage, arrived, reset)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 request reached GitLab meanwhile/),
    });
  });

  it.each([
    ['a part is lost', trace(1, 3), /after 20 lines in order comes “proxyproof part 3 line 1”/],
    ['a part is there twice', trace(1, 2, 2, 3), /after 40 lines in order comes “proxyproof part 2 line 1”/],
    ['the end is lost', trace(1, 2), /after 40 lines in order comes nothing/],
    ['the end is there twice', trace(1, 2, 3, 3), /80 lines arrived/],
  ] as const)('fails when %s', (_, text, reason) => {
    expect(judged(outage, over(met()).finishes('success', text), reset)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(reason),
    });
  });

  it('fails when the end is never told, or another one', () => {
    expect(judged(outage, over(met()), reset)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/no final state/),
    });
    expect(judged(outage, over(met()).finishes('failed', trace(1, 2, 3)), reset).outcome).toBe('fail');
  });

  it('takes either end of a job with an upload, if it is the right one', () => {
    const upload = { how: 'reset', at: 'upload' };
    const arrives = (story: Story): Story =>
      story.add('gitlab', { kind: 'job', job: 4001, what: 'artifact', state: 'running' });
    expect(judged(outage, over(met()).finishes('failed', trace(1, 2)), upload).outcome).toBe('pass');
    expect(judged(outage, arrives(over(met())).finishes('success', trace(1, 2)), upload).outcome).toBe('pass');
    expect(judged(outage, over(met()).finishes('success', trace(1, 2)), upload)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/as success, and the artifact did not arrive/),
    });
    expect(judged(outage, arrives(over(met())).finishes('failed', trace(1, 2)), upload).outcome).toBe('fail');
  });

  it('is blocked when no request met the outage', () => {
    const final = { how: 'reset', at: 'final-update' };
    expect(judged(outage, over(begun()).finishes('success', trace(1, 2, 3)), reset).outcome).toBe('blocked');
    expect(judged(outage, over(met()).finishes('success', trace(1, 2)), final)).toMatchObject({ outcome: 'blocked' });
    const put = struck(begun(), 'PUT http://gitlab.test:41000/api/v4/jobs/4001');
    expect(judged(outage, over(put).finishes('success', trace(1, 2)), final).outcome).toBe('pass');
    expect(judged(outage, begun(), reset).outcome).toBe('blocked');
    expect(judged(outage, new Story().passes('job', { status: 204 }), reset).outcome).toBe('blocked');
  });

  it('counts a refused 407, and a proxy that is down, for an outage', () => {
    const refused = begun().asksProxy({ method: 'PATCH' });
    const all = trace(1, 2, 3);
    expect(judged(outage, over(refused).finishes('success', all), { how: '407', at: 'trace' }).outcome).toBe('pass');
    const down = begun().add('proxy', { kind: 'fault', name: 'stop', state: 'on' });
    expect(judged(outage, over(down).finishes('success', all), { how: 'refused', at: 'trace' }).outcome).toBe('pass');
  });
});
