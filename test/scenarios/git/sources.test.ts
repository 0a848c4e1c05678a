import { describe, expect, it } from 'vitest';
import cloneThroughProxy from '../../../scenarios/git/clone-through-proxy.ts';
import environmentOnly from '../../../scenarios/git/environment-only.ts';
import fetchAgain from '../../../scenarios/git/fetch-again.ts';
import hookAlone from '../../../scenarios/git/hook-alone.ts';
import outage from '../../../scenarios/git/outage.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const clone = (): Story =>
  new Story().handsOut().asksProxy({ status: 407 }).passes('git', { status: 401 }).passes('git');

describe.each([cloneThroughProxy, hookAlone])('$id', (scenario) => {
  it('passes when the clone came through the proxy', () => {
    expect(judged(scenario, clone().finishes('success')).outcome).toBe('pass');
  });

  it('fails when the job failed, and says how its trace ends', () => {
    const trace = "fatal: unable to access 'http://gitlab.test/'\n\x1b[0;m\n";
    expect(judged(scenario, new Story().handsOut().bypass().finishes('failed', trace))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/its trace ends with: fatal: unable to access/),
    });
  });

  it('fails when the job succeeded without asking GitLab, or asked it directly', () => {
    expect(judged(scenario, new Story().handsOut().finishes('success'))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/no git requests arrived/),
    });
    expect(judged(scenario, clone().reachesGitlab('git', { via: 'direct' }).finishes('success')).outcome).toBe('fail');
  });

  it('is blocked without a job', () => {
    expect(judged(scenario, new Story().asksProxy({ status: 407 })).outcome).toBe('blocked');
  });
});

describe('git/hook-alone, with a hook that says that it ran', () => {
  const twice = (first: string, second: string): Story =>
    clone().finishes('success', first).passes('git').finishes('success', second, 4002);
  const ran = 'proxyproof-hook-ran\n';

  it('passes when it ran once for each job', () => {
    const shown = `$ git config; echo ${ran}`;
    expect(judged(hookAlone, twice(shown + ran, ran), { hook: 'again' }).outcome).toBe('pass');
  });

  it('fails when it did not run for the second, or ran twice', () => {
    expect(judged(hookAlone, twice(ran, ''), { hook: 'again' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/once for a checkout that was there. Observed: it was not run/),
    });
    expect(judged(hookAlone, twice(ran + ran, ran), { hook: 'again' }).outcome).toBe('fail');
  });

  it('fails when a hook that failed was passed over', () => {
    expect(judged(hookAlone, new Story().handsOut().finishes('failed'), { hook: 'fails' }).outcome).toBe('pass');
    expect(judged(hookAlone, clone().finishes('failed'), { hook: 'fails' }).outcome).toBe('fail');
    expect(judged(hookAlone, new Story().handsOut().finishes('success'), { hook: 'fails' }).outcome).toBe('fail');
  });
});

describe('git/outage', () => {
  const failing = (): Story =>
    new Story().mark('outage-begins').handsOut().add('proxy', { kind: 'fault', name: 'answer', state: 'struck' });
  const over = (story: Story): Story =>
    story.mark('outage-ends').mark('outage-is-over').passes('git').finishes('success', '', 4002);

  it('passes when the job failed, and the next got its sources through the proxy', () => {
    expect(judged(outage, over(failing().finishes('failed'))).outcome).toBe('pass');
  });

  it('fails when git went around the failing proxy, came by another, or the job is told to have succeeded', () => {
    expect(judged(outage, over(failing().bypass().finishes('failed'))).outcome).toBe('fail');
    expect(judged(outage, over(failing().passes('git').finishes('failed'))).outcome).toBe('fail');
    expect(judged(outage, over(failing().finishes('success'))).outcome).toBe('fail');
  });

  it('is blocked when git met no failing proxy', () => {
    expect(judged(outage, clone().finishes('success')).outcome).toBe('blocked');
  });
});

describe('git/environment-only', () => {
  it('tells the way and the end', () => {
    expect(judged(environmentOnly, clone().finishes('success'), { variables: 'lower' })).toEqual({
      outcome: 'info',
      reason: 'with the lower-case variables alone the clone came through the proxy; the job ended as success.',
    });
    expect(
      judged(environmentOnly, new Story().handsOut().bypass('GET /group/project.git/info/refs').finishes('failed'), {
        variables: 'upper',
      }),
    ).toEqual({
      outcome: 'info',
      reason:
        'with the upper-case variables alone the clone went around the proxy, to gitlab.test:41000; the job ended as failed.',
    });
  });
});

describe('git/fetch-again', () => {
  const both = (secondBytes: number): Story =>
    new Story()
      .handsOut()
      .passes('git', { bytes: 600_000 })
      .finishes('success')
      .at(5000)
      .handsOut(4002)
      .passes('git', { bytes: secondBytes })
      .finishes('success', '', 4002);

  it('passes when the second gets little', () => {
    expect(judged(fetchAgain, both(800)).outcome).toBe('pass');
  });

  it('fails when the second gets all again, or nothing was asked', () => {
    expect(judged(fetchAgain, both(600_000))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/the second 600000 bytes/),
    });
    const first = new Story().handsOut().passes('git', { bytes: 600_000 }).finishes('success');
    expect(judged(fetchAgain, first)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/no final state of job 2/),
    });
    const unasked = first.at(5000).handsOut(4002).finishes('success', '', 4002);
    expect(judged(fetchAgain, unasked)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/0 bytes in 0 requests/),
    });
  });
});
