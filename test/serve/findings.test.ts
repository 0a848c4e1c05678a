import { describe, expect, it } from 'vitest';
import type { EventBody, LedgerEvent, Peer } from '../../harness/ledger/index.ts';
import { Findings } from '../../harness/serve/findings/findings.ts';

const GITLAB = 'http://gitlab.test:4000';

/** What is found in a record made by hand. */
function found(events: readonly (readonly [Peer, EventBody])[], scheme = 'basic', hasProxy = true) {
  const findings = new Findings(() => ({
    hasProxy,
    scheme,
    proxyUrl: 'http://127.0.0.1:3128',
    gitlabUrl: GITLAB,
  }));
  for (const [index, [peer, body]] of events.entries())
    findings.take({ seq: index + 1, case: 'lab', t: index * 100, peer, ...body } as LedgerEvent);
  return findings.all;
}

const asks = (
  exchange: string,
  target: string,
  headers: Record<string, string> = {},
  via: 'proxy' | 'direct' = 'proxy',
) =>
  ({
    kind: 'request',
    connection: 'c1',
    exchange,
    via,
    method: 'GET',
    target,
    httpVersion: '1.1',
    headers: Object.entries({ 'User-Agent': 'git/2.39.2', ...headers }),
  }) as const;

const gets = (exchange: string, status: number, madeBy: 'self' | 'origin' = 'self') =>
  ({ kind: 'response', exchange, status, reason: '', headers: [], madeBy }) as const;

describe('what a lab notices as it happens', () => {
  it('names who went around the proxy, and counts', () => {
    const hit = {
      kind: 'tripwire',
      from: '10.0.0.2:1',
      to: 'gitlab.test:4000',
      protocol: 'http',
      detail: 'GET / HTTP/1.1',
      headers: [['User-Agent', 'git/2.39.2']],
    } as const;
    expect(
      found([
        ['tripwire', hit],
        ['tripwire', hit],
      ]),
    ).toMatchObject([
      { rule: 'around-the-proxy', says: 'git just went around the proxy, to gitlab.test:4000.', times: 2, seq: 2 },
    ]);
    expect(found([['gitlab', asks('1', '/x', {}, 'direct')]])).toMatchObject([{ rule: 'around-the-proxy' }]);
    expect(found([['gitlab', asks('1', '/x', {}, 'direct')]], 'basic', false)).toEqual([]);
    expect(found([['gitlab', asks('1', '/x')]])).toEqual([]);
  });

  it('lets a client be asked for credentials once', () => {
    const target = `${GITLAB}/x`;
    const once: [Peer, EventBody][] = [
      ['proxy', asks('1', target)],
      ['proxy', gets('1', 407)],
    ];
    expect(found(once)).toEqual([]);
    const answered: [Peer, EventBody][] = [
      ['proxy', asks('2', target, { 'Proxy-Authorization': 'Basic «x»' })],
      ['proxy', gets('2', 200, 'origin')],
    ];
    expect(found([...once, ...answered, ...once])).toEqual([]);
    expect(found([...once, ...once])).toMatchObject([{ rule: 'no-credentials' }]);
  });

  it('tells wrong credentials from those of another scheme', () => {
    const tried: [Peer, EventBody][] = [
      ['proxy', asks('1', `${GITLAB}/x`, { 'Proxy-Authorization': 'Basic «x»' })],
      ['proxy', gets('1', 407)],
    ];
    expect(found(tried)).toMatchObject([
      { rule: 'wrong-credentials', says: 'git sends credentials that the proxy does not take.' },
    ]);
    expect(found(tried, 'ntlm')).toMatchObject([
      { rule: 'other-scheme', says: expect.stringContaining('asks for NTLM') },
    ]);
    const digest: [Peer, EventBody][] = [
      ['proxy', asks('1', `${GITLAB}/x`, { 'Proxy-Authorization': 'Digest username="u"' })],
      ['proxy', gets('1', 407)],
    ];
    expect(found(digest, 'digest')).toEqual([]);
    expect(
      found([
        ['proxy', asks('1', 'gitlab.test:443')],
        [
          'proxy',
          { kind: 'authentication', exchange: '1', scheme: 'ntlm', step: 'refused', reason: 'the password is wrong' },
        ],
      ]),
    ).toMatchObject([{ says: 'git is refused by the proxy: the password is wrong.' }]);
  });

  it('tells what the proxy itself says no to from what GitLab does', () => {
    expect(
      found([
        ['proxy', asks('1', 'nobody.test:443')],
        ['proxy', gets('1', 502)],
      ]),
    ).toMatchObject([{ rule: 'unknown-host' }]);
    expect(
      found([
        ['proxy', asks('1', 'nobody.test:443')],
        ['proxy', gets('1', 502, 'origin')],
      ]),
    ).toEqual([]);
    expect(
      found([
        ['proxy', asks('1', 'nobody.test:443')],
        ['proxy', gets('1', 403)],
      ]),
    ).toMatchObject([{ rule: 'unknown-host' }]);
    for (const target of ['gitlab.test:4000', `${GITLAB}/x`])
      expect(
        found([
          ['proxy', asks('1', target)],
          ['proxy', gets('1', 403)],
        ]),
      ).toMatchObject([{ rule: 'refused-by-proxy', says: expect.stringContaining('with 403') }]);
    expect(found([['proxy', asks('1', '/api/v4/jobs/request')]])).toMatchObject([{ rule: 'proxy-as-server' }]);
    const malformed = { kind: 'flag', what: 'A client sent no valid HTTP request: Parse Error.' } as const;
    expect(found([['proxy', malformed]])).toMatchObject([{ rule: 'tls-to-plain-proxy' }]);
    expect(found([['gitlab', malformed]])).toEqual([]);
  });

  it('sees who asks before the moment that a 429 named, and lets those be who wait', () => {
    const poll = { ...asks('1', '/api/v4/jobs/request'), requestKind: 'job' } as const;
    const limited = { ...gets('1', 429), planned: { occurrence: 1, resetAt: 5000 } } as const;
    expect(
      found([
        ['gitlab', poll],
        ['gitlab', limited],
        ['gitlab', { ...poll, exchange: '2' }],
      ]),
    ).toMatchObject([{ rule: 'too-early', says: 'git asks again (job) 5 s before the moment that the 429 named.' }]);
    const past = { ...limited, planned: { occurrence: 1, resetAt: 50 } } as const;
    expect(
      found([
        ['gitlab', poll],
        ['gitlab', past],
        ['gitlab', { ...poll, exchange: '2' }],
      ]),
    ).toEqual([]);
  });

  it('takes a client that opens TLS to GitLab and asks nothing for one that does not trust it', () => {
    const open = { kind: 'connection', connection: 'g1', via: 'proxy', from: 'a', to: 'b', tls: true } as const;
    const end = { kind: 'connection-end', connection: 'g1', bytesIn: 1, bytesOut: 1 } as const;
    expect(
      found([
        ['gitlab', open],
        ['gitlab', end],
      ]),
    ).toMatchObject([{ rule: 'distrusts-gitlab' }]);
    expect(
      found([
        ['gitlab', open],
        ['gitlab', { ...asks('1', '/x'), connection: 'g1' }],
        ['gitlab', end],
      ]),
    ).toEqual([]);
    expect(
      found([
        ['gitlab', { ...open, tls: false }],
        ['gitlab', end],
      ]),
    ).toEqual([]);
  });

  it('keeps no more than a hundred, the newest', () => {
    const all = Array.from({ length: 150 }, (_, index): [Peer, EventBody] => [
      'proxy',
      asks(String(index), `/${index}`),
    ]);
    const findings = found(all);
    expect(findings).toHaveLength(100);
    expect(findings.at(-1)?.says).toContain('/149');
  });
});
