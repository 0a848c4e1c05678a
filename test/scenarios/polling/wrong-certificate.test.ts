import { describe, expect, it } from 'vitest';
import scenario from '../../../scenarios/polling/wrong-certificate.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

/** A tunnel was opened, and GitLab got a connection by it. */
const tunnel = (): Story =>
  new Story({ tls: true }).asksProxy({ method: 'CONNECT', target: 'gitlab.test:41000', status: 200 }).add('gitlab', {
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

  it('is blocked when no tunnel was opened, and fails when somebody went around the proxy', () => {
    expect(of(new Story({ tls: true })).outcome).toBe('blocked');
    expect(of(tunnel().bypass()).outcome).toBe('fail');
  });
});
