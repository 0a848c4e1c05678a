import { describe, expect, it } from 'vitest';
import split from '../../../scenarios/polling/split-variables.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const [FIRST, SECOND] = ['127.0.0.1:3001', '192.0.2.2:3002'];

/** A job whose requests all came by these proxies. @param tos by which each request came, one after another */
function job(tos: readonly (string | undefined)[], tls: boolean): Story {
  const story = new Story({ tls }).mark('proxies', '3001 is the first proxy, 3002 the second').handsOut();
  story.passes('upload');
  story.finishes('success');
  const asked = story.evidence.proxy();
  for (const [index, { connection }] of asked.entries()) {
    const to = tos[index % tos.length] ?? '';
    story.add('proxy', { kind: 'connection', connection, via: 'subject', from: '', to, tls: false });
  }
  return story;
}

describe('polling/split-variables', () => {
  it('passes when each URL takes the proxy of its scheme', () => {
    expect(judged(split, job([FIRST], false), { of: 'runner' })).toMatchObject({ outcome: 'pass' });
    expect(judged(split, job([SECOND], true), { of: 'runner', scheme: 'https' })).toMatchObject({ outcome: 'pass' });
  });

  it('fails when the other proxy is asked, for all or for one', () => {
    expect(judged(split, job([SECOND], false), { of: 'runner' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/4 requests of 4 reached that of HTTPS_PROXY/),
    });
    expect(judged(split, job([SECOND, SECOND, FIRST, SECOND], true), { of: 'runner', scheme: 'https' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 request of 4 reached that of HTTP_PROXY, the first: CONNECT/),
    });
  });

  it('fails when nothing is asked, and when anything goes direct', () => {
    const idle = new Story().mark('proxies', '3001 is the first proxy, 3002 the second').bypass();
    expect(judged(split, idle, { of: 'git' }).outcome).toBe('fail');
    expect(judged(split, job([FIRST], false).bypass(), { of: 'runner' }).outcome).toBe('fail');
  });
});
