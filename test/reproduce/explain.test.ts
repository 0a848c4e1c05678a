import { describe, expect, it } from 'vitest';
import { Evidence } from '../../harness/ledger/index.ts';
import { explainFailure } from '../../harness/reproduce/trial/explain.ts';

const NOTHING = new Evidence([]);
const SPAN = { from: 0, until: 100 };
const explain = (...texts: readonly string[]) => explainFailure(NOTHING, SPAN, 'tool', texts, ['proxy.corp.example']);

describe('who of a job failed, and how, by what it says', () => {
  it.each([
    [`fatal: unable to access 'https://gitlab.com/a.git/': Could not resolve proxy: proxy.corp`, 'git'],
    ['Get "https://registry.corp.example/v2/": remote error: tls: access denied', 'dind'],
    ['Error response from daemon: Get "https://registry.corp.example/v2/": Forbidden', 'dind'],
    ['error during connect: Get "http://docker:2375/_ping": Forbidden', 'docker-cli'],
    ['ERROR: Job failed: failed to pull image "alpine": Error response from daemon: x', 'daemon'],
    ['curl: (22) The requested URL returned error: 403', 'tool'],
    ['something else', 'tool'],
  ])('%s', (text, who) => expect(explain(text).who).toBe(who));

  it('a proxy that cannot be reached is no way around it', () => {
    const text =
      "fatal: unable to access 'https://gitlab.com/a.git/': Failed to connect to proxy.corp.example port 1080 after 1 ms: Couldn't connect to server";
    expect(explain(text)).toMatchObject({ who: 'git', kind: 'proxy-unreachable', host: 'proxy.corp.example' });
  });

  it('a proxy that never answers is not gone around', () => {
    const head = { case: 'c', t: 0, seq: 1, peer: 'proxy', kind: 'request', connection: 'p1', exchange: 'x1' } as const;
    const asked = {
      via: 'subject',
      method: 'CONNECT',
      target: 'registry.corp.example:443',
      httpVersion: '1.1',
      headers: [],
    } as const;
    const text = 'Get "https://registry.corp.example/v2/": context deadline exceeded';
    const found = explainFailure(new Evidence([{ ...head, ...asked }]), SPAN, 'tool', [text], []);
    expect(found).toEqual({ who: 'dind', kind: 'silent', host: 'registry.corp.example', text });
  });

  it('what nobody knows is said to be unknown', () => {
    expect(explain('something else')).toEqual({ who: 'tool', kind: 'unknown', text: 'something else' });
  });
});
