import { describe, expect, it } from 'vitest';
import noProxyBypass from '../../../scenarios/polling/no-proxy-bypass.ts';
import withoutVariables from '../../../scenarios/polling/without-proxy-variables.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const direct = (): Story => {
  const via = { via: 'direct' } as const;
  const story = new Story().reachesGitlab('job', { ...via, status: 201 });
  story.add('gitlab', { kind: 'job', job: 4001, what: 'handed-out', state: 'running' });
  story.reachesGitlab('trace', via).reachesGitlab('update', via);
  return story.add('gitlab', { kind: 'job', job: 4001, what: 'finished', state: 'success' });
};
const proxied = (): Story => new Story().handsOut().finishes('success');

describe('polling/no-proxy-bypass', () => {
  it('passes where GitLab is named and all goes direct', () => {
    expect(judged(noProxyBypass, direct(), { spelling: 'dot-suffix' }).outcome).toBe('pass');
  });

  it('fails where GitLab is named and the proxy is asked', () => {
    expect(judged(noProxyBypass, proxied(), { spelling: 'star' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/the proxy was asked for 3 requests/),
    });
    const one = direct().asksProxy({ status: 200 });
    expect(judged(noProxyBypass, one, { spelling: 'exact' }).outcome).toBe('fail');
  });

  it('fails where GitLab is named and gets the credentials of the proxy', () => {
    const shown = direct().reachesGitlab('trace', {
      via: 'direct',
      headers: [['Proxy-Authorization', 'Basic «proxy-credentials»']],
    });
    expect(judged(noProxyBypass, shown, { spelling: 'exact' })).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 request had Proxy-Authorization, the first: PATCH/),
    });
  });

  it('fails where an https GitLab is named and the proxy is asked for a tunnel', () => {
    const asked = direct().asksProxy({ method: 'CONNECT', target: 'gitlab.test:41000', status: 200 });
    expect(judged(noProxyBypass, asked, { spelling: 'exact', scheme: 'https' }).outcome).toBe('fail');
  });

  it('asks about the request of a command alone', () => {
    const verified = new Story().reachesGitlab('verify', { via: 'direct' });
    expect(judged(noProxyBypass, verified, { spelling: 'exact', request: 'verify' }).outcome).toBe('pass');
    const proxied = new Story().passes('verify');
    expect(judged(noProxyBypass, proxied, { spelling: 'exact', request: 'verify' }).outcome).toBe('fail');
    expect(judged(noProxyBypass, proxied, { spelling: 'partial-name', request: 'verify' }).outcome).toBe('pass');
  });

  it('turns around where another is named', () => {
    expect(judged(noProxyBypass, proxied(), { spelling: 'partial-name' }).outcome).toBe('pass');
    expect(judged(noProxyBypass, direct(), { spelling: 'partial-name' }).outcome).toBe('fail');
    expect(judged(noProxyBypass, direct(), { spelling: 'other-port' }).outcome).toBe('fail');
  });
});

describe('polling/without-proxy-variables', () => {
  it('passes when what it tried led nowhere', () => {
    expect(judged(withoutVariables, new Story().bypass()).outcome).toBe('pass');
    const said = new Story().log('dial tcp: lookup gitlab.test: no such host');
    expect(judged(withoutVariables, said).outcome).toBe('pass');
  });

  it('fails when anything reached the proxy or GitLab', () => {
    expect(judged(withoutVariables, new Story().bypass().asksProxy({}))).toMatchObject({ outcome: 'fail' });
    expect(judged(withoutVariables, new Story().passes('job')).outcome).toBe('fail');
  });

  it('is blocked when it tried nothing', () => {
    expect(judged(withoutVariables, new Story().log('Starting')).outcome).toBe('blocked');
  });
});
