import { describe, expect, it } from 'vitest';
import resolvesNothing from '../../../scenarios/polling/resolves-nothing.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const asks = (name: string, address?: string) =>
  ({ kind: 'lookup', name, ...(address === undefined ? {} : { address }) }) as const;
const PROXY = asks('proxy.test', '192.0.2.1');

describe('polling/resolves-nothing', () => {
  it('passes when the proxy alone is looked up', () => {
    const story = new Story().add('subject', PROXY).handsOut().finishes('success');
    expect(judged(resolvesNothing, story).outcome).toBe('pass');
  });

  it.each(['gitlab.test', 'GitLab.test.'])('warns when %s is looked up, though all goes well', (name) => {
    const story = new Story().add('subject', PROXY).add('subject', asks(name)).handsOut().finishes('success');
    expect(judged(resolvesNothing, story)).toMatchObject({
      outcome: 'warn',
      reason: expect.stringMatching(/the name gitlab.test is never looked up. Observed: it was asked for/),
    });
  });

  it('warns when the runner cannot do without', () => {
    const story = new Story().add('subject', asks('gitlab.test'));
    expect(judged(resolvesNothing, story).outcome).toBe('warn');
  });

  it('is blocked when no lookup was seen', () => {
    expect(judged(resolvesNothing, new Story()).outcome).toBe('blocked');
    expect(judged(resolvesNothing, new Story().handsOut().finishes('success')).outcome).toBe('blocked');
  });
});
