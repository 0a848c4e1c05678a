import { describe, expect, it } from 'vitest';
import scenario from '../../../scenarios/git/wrong-certificate.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const LIBCURL = [['Proxy-Connection', 'Keep-Alive']] as const;
const CONNECT = { method: 'CONNECT', target: 'gitlab.test:41000', status: 200 };

/** A job clones, and then GitLab's certificate becomes wrong. */
const cloned = (state: 'success' | 'failed' = 'success'): Story =>
  new Story({ tls: true }).handsOut().passes('git').finishes(state).mark('certificate-is-wrong');

describe('git/wrong-certificate', () => {
  const of = (story: Story) => judged(scenario, story, { certificate: 'expired' });
  const tunnel = (story: Story): Story => story.asksProxy({ ...CONNECT, proxyHeaders: LIBCURL });

  it('passes when git opens a tunnel and sends nothing', () => {
    expect(of(tunnel(cloned()))).toMatchObject({ outcome: 'pass', reason: expect.stringContaining('nothing came') });
  });

  it('fails when git sends something', () => {
    const { outcome, reason } = of(tunnel(cloned()).passes('git'));
    expect(outcome).toBe('fail');
    expect(reason).toMatch(/git sends nothing to a GitLab whose certificate is out of date\. Observed: 1 request came/);
  });

  it('is blocked where git did not come so far', () => {
    expect(of(cloned()).outcome).toBe('blocked');
    expect(of(cloned().asksProxy(CONNECT)).outcome).toBe('blocked');
    expect(of(tunnel(cloned('failed'))).outcome).toBe('blocked');
    expect(of(new Story({ tls: true })).outcome).toBe('blocked');
  });

  const during = (of: string) => (story: Story) => judged(scenario, story, { certificate: 'expired', of });
  const checkedOut = (): Story => new Story({ tls: true }).handsOut().passes('git').mark('certificate-is-wrong');

  it.each([
    ['submodule', tunnel, 'git'],
    ['lfs', (story: Story) => story.asksProxy(CONNECT), 'lfs'],
  ] as const)('asks the same of a %s', (of, opens, kind) => {
    const judge = during(of);
    expect(judge(opens(checkedOut())).outcome).toBe('pass');
    expect(judge(opens(checkedOut()).passes(kind)).outcome).toBe('fail');
    expect(judge(checkedOut()).outcome).toBe('blocked');
    expect(judge(new Story({ tls: true }).handsOut().passes('git')).outcome).toBe('blocked');
  });
});
