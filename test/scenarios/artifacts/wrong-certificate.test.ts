import { describe, expect, it } from 'vitest';
import scenario from '../../../scenarios/artifacts/wrong-certificate.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const TUNNEL = { method: 'CONNECT', target: 'storage.test:41000', status: 200 };

describe('artifacts/wrong-certificate', () => {
  const of = (story: Story) => judged(scenario, story, { certificate: 'other-name' });
  const asked = (): Story => new Story().handsOut().passes('download', { status: 302 });

  it('passes when the helper opens a tunnel and sends nothing', () => {
    expect(of(asked().asksProxy(TUNNEL).finishes('failed'))).toMatchObject({
      outcome: 'pass',
      reason: expect.stringContaining('nothing came by 1 tunnel'),
    });
  });

  it.each(['object-storage', 'cache'] as const)('fails when a request comes: %s', (kind) => {
    const { outcome, reason } = of(asked().asksProxy(TUNNEL).passes(kind).finishes('success'));
    expect(outcome).toBe('fail');
    expect(reason).toMatch(
      /object storage whose certificate is for another name\. Observed: 1 request came, the first/,
    );
  });

  it('is blocked where no tunnel was opened', () => {
    expect(of(asked().finishes('failed')).outcome).toBe('blocked');
    expect(of(asked().asksProxy({ ...TUNNEL, status: 502 })).outcome).toBe('blocked');
    expect(of(new Story()).outcome).toBe('blocked');
  });
});
