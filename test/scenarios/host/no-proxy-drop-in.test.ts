import { describe, expect, it } from 'vitest';
import type { EventBody } from '../../../harness/ledger/index.ts';
import scenario from '../../../scenarios/host/no-proxy-drop-in.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const SHOWN = 'Environment=HTTP_PROXY=http://172.17.0.1:3128/ NO_PROXY=gitlab.test';

/** What differs from what is right. */
interface Differs {
  readonly shown?: string;
  readonly own?: 'direct' | 'proxy';
  readonly git?: 'direct' | 'proxy';
  readonly pull?: 'direct' | 'proxy';
}

function walked({ shown = SHOWN, own = 'direct', git = 'proxy', pull = 'proxy' }: Differs = {}): Story {
  // Before the drop-in nothing is held against anybody.
  const story = new Story().reachesGitlab('job', { via: 'direct' }).reachesGitlab('git', { via: 'direct' });
  story.mark('shown:gitlab-runner', shown).mark('done:runner');
  if (own === 'proxy') story.asksProxy({ status: 201 });
  for (const kind of ['job', 'trace', 'update'] as const) story.reachesGitlab(kind, { via: own });
  story.reachesGitlab('git', { via: git });
  for (const event of pulled(pull)) story.add('registry', event);
  return story.add('gitlab', { kind: 'job', job: 4001, what: 'finished', state: 'success', checksumMatches: true });
}

function pulled(via: 'direct' | 'proxy'): EventBody[] {
  const [connection, exchange] = ['r1', 'rx1'];
  const from = { connection, via, from: 'somewhere', to: 'registry.test:5000' };
  const line = { method: 'GET', target: '/v2/', httpVersion: '1.1', headers: [] };
  return [
    { kind: 'connection', ...from, tls: true },
    { kind: 'request', connection, exchange, via, ...line },
    { kind: 'response', exchange, status: 200, reason: 'OK', headers: [], madeBy: 'self' },
  ];
}

const on = (story: Story) => judged(scenario, story, {}, '17.5');

describe('host/no-proxy-drop-in', () => {
  it('passes when the runner alone goes directly', () => {
    expect(on(walked())).toMatchObject({ outcome: 'pass' });
  });

  it.each<[what: string, Differs, RegExp]>([
    [
      'the drop-in was not taken up',
      { shown: 'Environment=HTTP_PROXY=http://172.17.0.1:3128/' },
      /Observed: it prints none/,
    ],
    [
      'the runner goes by the proxy',
      { own: 'proxy' },
      /arrive directly\. Observed: 0 of 3 requests.*asked for 1 request/,
    ],
    ['git goes directly, too', { git: 'direct' }, /git and curl in the job arrive by the proxy\. Observed: 0 of 1/],
    ['Docker goes directly, too', { pull: 'direct' }, /Docker's pulls arrive by the proxy\. Observed: 0 of 1/],
  ])('fails when %s', (_, differs, reason) => {
    expect(on(walked(differs))).toEqual({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it('is not passed when nothing happened', () => {
    expect(on(new Story()).outcome).toBe('fail');
  });

  it('has no case before 17.5', () => {
    expect(() => judged(scenario, walked(), {}, '14.10')).toThrow('has no case');
  });
});
