import { describe, expect, it } from 'vitest';
import httpsConnect from '../../../scenarios/polling/https-connect.ts';
import throughProxy from '../../../scenarios/polling/through-proxy.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

describe('polling/through-proxy', () => {
  it('passes when the request is on both records', () => {
    expect(judged(throughProxy, new Story().passes('job')).outcome).toBe('pass');
    expect(judged(throughProxy, new Story().passes('register', { status: 201 }), { request: 'register' }).outcome).toBe(
      'pass',
    );
  });

  it('does not count a refused first try without credentials', () => {
    expect(judged(throughProxy, new Story().asksProxy({ status: 407 }).passes('job')).outcome).toBe('pass');
    const unforwarded = new Story().asksProxy({ status: 407 }).reachesGitlab('job');
    expect(judged(throughProxy, unforwarded)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/knows nothing of POST/),
    });
  });

  it('fails when GitLab saw another client', () => {
    const story = new Story().passes('job').reachesGitlab('job', { via: 'direct' });
    expect(judged(throughProxy, story)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 of 2 job requests/),
    });
  });

  it('fails when something went around the proxy, though the request itself did not', () => {
    const story = new Story().passes('job').bypass();
    expect(judged(throughProxy, story)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/went around the proxy/),
    });
  });

  it('is blocked when a job had to be there first', () => {
    const story = new Story().asksProxy({ status: 407 });
    expect(judged(throughProxy, story, { request: 'trace' })).toMatchObject({
      outcome: 'blocked',
      reason: expect.stringMatching(/with 407/),
    });
    expect(judged(throughProxy, story.bypass(), { request: 'trace' }).outcome).toBe('fail');
  });
});

describe('polling/https-connect', () => {
  it('passes with a tunnel for each connection', () => {
    expect(judged(httpsConnect, new Story({ tls: true }).passes('job').passes('job')).outcome).toBe('pass');
  });

  it('fails when the proxy is asked for something else', () => {
    const absolute = new Story({ tls: true }).passes('job').asksProxy({ status: 200 });
    expect(judged(httpsConnect, absolute)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/asked for POST http:/),
    });
    const elsewhere = new Story({ tls: true })
      .passes('job')
      .asksProxy({ method: 'CONNECT', target: 'gitlab.test:443' });
    expect(judged(httpsConnect, elsewhere)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/CONNECT gitlab.test:443/),
    });
  });

  it('fails when a connection has no tunnel of its own', () => {
    const story = new Story({ tls: true }).passes('job').reachesGitlab('job');
    expect(judged(httpsConnect, story)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 successful CONNECT and 2 connections/),
    });
  });
});
