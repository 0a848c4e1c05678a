import { describe, expect, it } from 'vitest';
import scenario from '../../../scenarios/polling/wrong-certificate.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

/** A tunnel was opened, and GitLab got a connection by it. */
const tunnel = (story = new Story({ tls: true })): Story =>
  story.asksProxy({ method: 'CONNECT', target: 'gitlab.test:41000', status: 200 }).add('gitlab', {
    kind: 'connection',
    connection: 'g1',
    via: 'proxy',
    from: '',
    to: 'gitlab.test:41000',
    tls: true,
  });

describe('polling/wrong-certificate', () => {
  const of = (story: Story, certificate = 'other-authority') =>
    judged(scenario, story, { certificate, request: 'job' });

  it('passes when nothing is sent by the tunnel', () => {
    expect(of(tunnel())).toMatchObject({
      outcome: 'pass',
      reason: expect.stringContaining('none came by 1 connection'),
    });
  });

  it.each([
    ['other-authority', /another authority than the one that the runner was given signed/],
    ['other-name', /whose certificate is for another name/],
    ['expired', /whose certificate is out of date/],
  ])('fails when a request is: %s', (certificate, expected) => {
    const { outcome, reason } = of(tunnel().passes('job', { status: 204 }), certificate);
    expect(outcome).toBe('fail');
    expect(reason).toMatch(expected);
    expect(reason).toMatch(/Observed: 1 request came, the first: POST \/api\/v4\/jobs\/request/);
  });

  it('asks the same of what is sent of a job', () => {
    const inJob = (story: Story) =>
      judged(scenario, story, { certificate: 'other-authority', request: 'job', since: 'in-job' });
    const atGate = (): Story => new Story({ tls: true }).handsOut().mark('certificate-is-wrong');
    expect(inJob(tunnel(atGate())).outcome).toBe('pass');
    expect(inJob(tunnel(atGate()).passes('upload'))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/Observed: 1 request came, the first: POST \S+artifacts/),
    });
    expect(inJob(new Story({ tls: true }).handsOut()).reason).toMatch(/runs a job as long as the certificate is right/);
  });

  describe('of a certificate that was right at first', () => {
    const later = (story: Story) =>
      judged(scenario, story, { certificate: 'other-authority', request: 'job', since: 'later' });
    const right = (): Story => new Story({ tls: true }).passes('job', { status: 204 });
    const wrong = (story: Story): Story => story.mark('certificate-is-wrong');

    it('counts what comes by later connections alone', () => {
      const opened = (): Story => tunnel(wrong(right()));
      expect(later(opened())).toMatchObject({ outcome: 'pass', reason: expect.stringContaining('by 1 connection') });
      expect(later(opened().passes('job', { status: 204 }))).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(/Observed: 1 request came/),
      });
    });

    it('is blocked when nobody asked before, or nobody opens a tunnel afterwards', () => {
      expect(later(new Story({ tls: true })).reason).toMatch(/as long as the certificate is right/);
      expect(later(wrong(right())).reason).toMatch(/opens a tunnel to GitLab once its certificate is wrong/);
      expect(later(wrong(right())).outcome).toBe('blocked');
    });
  });

  it('is blocked when no tunnel was opened, and fails when somebody went around the proxy', () => {
    expect(of(new Story({ tls: true })).outcome).toBe('blocked');
    expect(of(tunnel().bypass()).outcome).toBe('fail');
  });
});
