import { describe, expect, it } from 'vitest';
import { OUTAGE } from '../../../harness/kit/outage.ts';
import authenticates from '../../../scenarios/polling/authenticates.ts';
import wrongCredentials from '../../../scenarios/polling/wrong-credentials.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const offers = (credentials: string) => ({ proxyHeaders: [['Proxy-Authorization', credentials]] }) as const;
const RIGHT = offers('Basic «proxy-credentials»');

describe('polling/authenticates', () => {
  it('passes when exactly the right credentials are offered', () => {
    expect(judged(authenticates, new Story().passes('job', RIGHT)).outcome).toBe('pass');
    expect(judged(authenticates, new Story().asksProxy({ status: 407 }).passes('job', RIGHT)).outcome).toBe('pass');
  });

  it('fails when none or mangled ones are offered', () => {
    expect(judged(authenticates, new Story().passes('job'))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/none with credentials/),
    });
    const mangled = new Story().passes('job', offers('Basic «unknown 12345678»'));
    expect(judged(authenticates, mangled)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/had something else/),
    });
  });

  it('fails when GitLab gets them', () => {
    for (const header of ['Proxy-Authorization', 'Authorization'] as const) {
      const story = new Story().passes('job', { ...RIGHT, headers: [[header, 'Basic «proxy-credentials»']] });
      expect(judged(authenticates, story)).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(/1 request at GitLab had them/),
      });
    }
  });
});

describe('polling/authenticates[during=job]', () => {
  const during = { during: 'job' };
  const put = (status: number) => ({ method: 'PUT', target: 'http://gitlab.test:41000/api/v4/jobs/4001', status });
  const job = (): Story => new Story().passes('job', { ...RIGHT, status: 201 }).finishes('success');

  it('passes when each request has them, at once or when it is made again', () => {
    const again = job().asksProxy(put(407)).asksProxy(put(200)).mark('connections-cut').passes('job', RIGHT);
    expect(judged(authenticates, again, during).outcome).toBe('pass');
  });

  it('fails when a later request never has them', () => {
    const refused = job().asksProxy(put(200)).asksProxy(put(407)).mark('connections-cut').passes('job', RIGHT);
    expect(judged(authenticates, refused, during)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/not only the first. Observed: 1 request of 6 got nothing but 407, the first: PUT/),
    });
  });

  it('fails when nothing gets through by a new connection, or the job does not end', () => {
    expect(judged(authenticates, job().mark('connections-cut'), during)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/by a new connection. Observed: 0 job requests/),
    });
    const endless = new Story()
      .passes('job', { ...RIGHT, status: 201 })
      .mark('connections-cut')
      .passes('job', RIGHT);
    expect(judged(authenticates, endless, during).outcome).toBe('fail');
  });
});

describe('polling/wrong-credentials', () => {
  const refusals = (moments: readonly number[]): Story => {
    const story = new Story();
    for (const moment of moments) {
      story.at(moment).asksProxy({ status: 407 });
      if (moment === moments[0]) story.log('Checking for jobs... failed status=407').mark(OUTAGE.from);
    }
    return story;
  };
  const everyInterval = [1000, 4000, 7000, 10_000, 13_000];

  it('passes when it says so, goes on and recovers', () => {
    const story = refusals(everyInterval).at(16_000).mark(OUTAGE.to).mark(OUTAGE.over).at(17_000).passes('job');
    expect(judged(wrongCredentials, story).outcome).toBe('pass');
  });

  it.each([
    ['stops', [1000], /refused 1 request /],
    ['runs hot', Array.from({ length: 40 }, (_, index) => 1000 + index * 300), /refused 40 requests/],
  ] as const)('warns when it %s', (_, moments, reason) => {
    const story = refusals(moments).at(16_000).mark(OUTAGE.to).mark(OUTAGE.over).at(17_000).passes('job');
    expect(judged(wrongCredentials, story)).toMatchObject({ outcome: 'warn', reason: expect.stringMatching(reason) });
  });

  it('warns when it recovers late, goes direct or keeps quiet', () => {
    const late = refusals(everyInterval).at(16_000).mark(OUTAGE.to).mark(OUTAGE.over).at(26_000).passes('job');
    expect(judged(wrongCredentials, late)).toMatchObject({
      outcome: 'warn',
      reason: expect.stringMatching(/10.0 s afterwards/),
    });
    const direct = refusals(everyInterval)
      .bypass()
      .at(16_000)
      .mark(OUTAGE.to)
      .mark(OUTAGE.over)
      .at(17_000)
      .passes('job');
    expect(judged(wrongCredentials, direct)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/went around/),
    });
    const quiet = new Story().at(1000).asksProxy({}).mark(OUTAGE.from).at(16_000).mark(OUTAGE.to).mark(OUTAGE.over);
    expect(judged(wrongCredentials, quiet)).toMatchObject({
      outcome: 'warn',
      reason: expect.stringMatching(/says nothing of 407/),
    });
  });

  it('is blocked when nothing was refused', () => {
    expect(judged(wrongCredentials, new Story().passes('job').mark(OUTAGE.to).mark(OUTAGE.over)).outcome).toBe(
      'blocked',
    );
  });
});
