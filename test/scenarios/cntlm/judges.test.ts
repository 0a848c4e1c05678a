import { describe, expect, it } from 'vitest';
import type { Finding, Scenario } from '../../../harness/conformance/index.ts';
import { expand } from '../../../harness/conformance/index.ts';
import { judgeCase } from '../../../harness/conformance/judge-case.ts';
import { Evidence } from '../../../harness/ledger/index.ts';
import authenticates from '../../../scenarios/cntlm/authenticates-to-parent.ts';
import notInContainers from '../../../scenarios/cntlm/credentials-not-in-containers.ts';
import listens from '../../../scenarios/cntlm/listens-on-docker0.ts';
import onePlace from '../../../scenarios/cntlm/one-place-for-credentials.ts';
import failover from '../../../scenarios/cntlm/parent-failover.ts';
import routedNeighbour from '../../../scenarios/cntlm/routed-neighbour.ts';
import wrongPassword from '../../../scenarios/cntlm/wrong-password.ts';
import { Story } from '../_builder.ts';
import { ended, judged } from '../_judging.ts';
import { byCntlm, GRANTED, REFUSED } from './_parent.ts';

/** The findings of a scenario's judge, in its first case that has these axes. */
function findings(scenario: Scenario, story: Story, axes: Readonly<Record<string, string>> = {}): readonly Finding[] {
  const found = expand([scenario], '14.10').find((each) =>
    Object.entries(axes).every(([name, value]) => each.axes[name] === value),
  );
  return found ? judgeCase(found, ended(story.evidence)).findings : [];
}

const all = [authenticates, notInContainers, listens, onePlace, failover, wrongPassword];

describe('a case in which nothing happened, or the subject only went around cntlm', () => {
  it.each(expand(all, '14.10').map((each) => [each.id, each] as const))('is not passed: %s', (_, each) => {
    for (const evidence of [new Evidence([]), new Story().bypass().evidence]) {
      expect(['fail', 'warn', 'blocked']).toContain(judgeCase(each, ended(evidence)).outcome);
    }
  });
});

describe('cntlm/wrong-password', () => {
  const story = (failures: number, ...log: string[]): Story => {
    const made = new Story();
    for (let i = 0; i < failures; i++) byCntlm(made.at(3000 * i), { said: REFUSED, status: 407 });
    for (const line of log) made.log(line);
    return made;
  };
  const CLEAR = 'POST http://gitlab.test/api/v4/jobs/request: 407 Proxy Authentication Required';

  it('holds with one log-in a poll and a clear error, and says when the account would be locked', () => {
    const { outcome, reason } = judged(wrongPassword, story(6, CLEAR));
    expect(outcome).toBe('pass');
    expect(reason).toMatch(/after 27\.0 s of polling: there is a failed log-in every 3\.00 s/);
  });

  it.each([
    ['silence', () => story(6), /the log says nothing of 407/],
    [
      'many log-ins',
      () => story(40, CLEAR),
      /no more failed log-ins than polls are due: 8 in 16\.0 s\. Observed: 40 log-ins/,
    ],
    [
      'what passes all the same',
      () => story(6, CLEAR).reachesGitlab('job'),
      /no request reaches GitLab\. Observed: 1 request did/,
    ],
    ['a bypass', () => story(6, CLEAR).bypass(), /nothing goes around the proxy/, 'fail'],
  ])('sees %s', (_, made, expected, wanted = 'warn') => {
    const { outcome, reason } = judged(wrongPassword, made());
    expect(outcome).toBe(wanted);
    expect(reason).toMatch(expected);
  });
});

describe('cntlm/listens-on-docker0', () => {
  const story = (
    differs: { listeners?: string; loopback?: string; office?: string; got?: string; routed?: string } = {},
  ): Story => {
    const {
      listeners = '172.17.0.1:3128',
      loopback = 'nobody listens',
      office = 'nobody listens',
      got = '401',
    } = differs;
    const made = new Story()
      .mark('listeners', listeners)
      .mark('knock:loopback', `127.0.0.1:3128: ${loopback}`)
      .mark('knock:office', `198.51.100.1:3128: ${office}`)
      .mark('knock:routed', `172.17.0.1:3128: ${differs.routed ?? 'nobody listens'}`)
      .handsOut();
    const target = '/group/project.git/info/refs?service=git-upload-pack&of=job';
    return made.passes('git', { target, status: 401 }).finishes('success', `by cntlm: ${got}\n`);
  };

  it('holds where all but containers find nobody', () => {
    expect(judged(listens, story()).outcome).toBe('pass');
  });

  it.each([
    [
      'every address',
      story({ listeners: '0.0.0.0:3128' }),
      /it listens on 0\.0\.0\.0:3128: Gateway is on or Listen is 0\.0\.0\.0/,
    ],
    ['a second address', story({ listeners: '172.17.0.1:3128 127.0.0.1:3128' }), /docker0's address alone/],
    ['loopback', story({ loopback: 'answered 401' }), /a program of the machine itself, at 127\.0\.0\.1, finds nobody/],
    [
      'another network',
      story({ office: 'answered 502' }),
      /another machine, at this machine's address .* finds nobody/,
    ],
    [
      'a machine that routes',
      story({ routed: 'answered 401' }),
      /routes packets for docker0's address by way of this one, finds nobody\. Observed: 172\.17\.0\.1:3128: answered 401/,
    ],
    ["an answer that is not GitLab's", story({ got: '502' }), /it got 502, which GitLab had not said/],
  ])('sees %s', (_, made, expected) => {
    const { outcome, reason } = judged(listens, made);
    expect(outcome).toBe('fail');
    expect(reason).toMatch(expected);
  });
});

describe('cntlm/routed-neighbour', () => {
  const story = (answer: string): Story => new Story().mark('knock:routed', `172.17.0.1:3128: ${answer}`);

  it('tells whether a machine that routes is answered', () => {
    const answered = judged(routedNeighbour, story('answered 401'));
    expect(answered.outcome).toBe('info');
    expect(answered.reason).toMatch(/it is answered: Linux takes a packet for any of its addresses on every interface/);
    expect(judged(routedNeighbour, story('nobody listens')).reason).toMatch(/it is not answered \(172\.17\.0\.1:3128/);
  });

  it('is blocked where nobody tried', () => {
    expect(judged(routedNeighbour, new Story()).outcome).toBe('blocked');
  });
});

describe('cntlm/parent-failover', () => {
  const FIRST = '192.0.2.1:41001';
  const SECOND = '192.0.2.2:41002';
  const moves = (story: Story, port: string, why: string): Story =>
    story.mark('carries', `${port} is the port of the parent from here on: ${why}`);
  const work = (story: Story, to: string): Story => byCntlm(story, { said: GRANTED, to });
  /** What the requests of runner and git in `handsOut` and `finishes` do not show: that they were logged in. */
  const job = (story: Story): Story =>
    story
      .add('gitlab', { kind: 'job', job: 4001, what: 'handed-out', state: 'running' })
      .reachesGitlab('job', { status: 201 })
      .reachesGitlab('git');
  const done = (story: Story, trace = ''): Story => {
    const record = { bytes: trace.length, sha256: '', complete: true, text: trace };
    return story.add('gitlab', { kind: 'job', job: 4001, what: 'finished', state: 'success', trace: record });
  };

  it('wants requests by the parent that is up', () => {
    const gone = moves(new Story().at(1000), '41002', 'the first parent is dead');
    const { reason } = judged(failover, done(job(work(gone, FIRST))), { dead: 'at-start' });
    expect(reason).toMatch(
      /when the first parent is dead, requests go on by the parent that is up\. Observed: none went by it/,
    );
    const over = moves(new Story().at(1000), '41002', 'the first parent is dead');
    expect(judged(failover, done(job(work(over.at(1250), SECOND))), { dead: 'at-start' }).reason).not.toMatch(
      /requests go on/,
    );
  });

  it('says what a job loses', () => {
    const story = moves(new Story(), '41001', 'both parents are up');
    const died = moves(work(story, FIRST), '41002', 'the first parent has died');
    const ended = done(job(work(died, SECOND)), 'tick 1 answered\ntick 2 lost\ntick 3 answered\n');
    const seen = findings(failover, ended, { dead: 'mid-job' });
    expect(seen.filter(({ verdict }) => verdict === 'measured')).toMatchObject([
      {
        observed: '1 of 3 are lost: number 2',
        varies: 'it depends on what the job is doing at the moment when the parent dies',
      },
    ]);
  });
});

describe('what passes a parent', () => {
  const judge = (story: Story): Finding | undefined =>
    findings(onePlace, story).find(({ expected }) => expected.startsWith('the parent lets nothing pass'));
  const arranged = (): Story => new Story().handsOut().mark('password-changed').mark('cntlm-conf-edited');

  it('must be logged in, on its own connection', () => {
    const logged = byCntlm(
      new Story().mark('password-changed').add('gitlab', { kind: 'job', job: 1, what: 'handed-out' }),
      { said: GRANTED },
    );
    expect(judge(logged)).toMatchObject({
      verdict: 'holds',
      observed: expect.stringContaining('1 request passed, on 1 connection'),
    });
    expect(judge(byCntlm(logged))).toMatchObject({
      verdict: 'fails',
      observed: expect.stringContaining('1 request passed without'),
    });
    expect(judge(arranged())?.verdict).toBe('fails');
  });
});

describe('cntlm/one-place-for-credentials', () => {
  it('wants the old password to be refused, and nothing to pass with it', () => {
    const changed = (): Story => new Story().handsOut().finishes('success').mark('password-changed');
    const refused = byCntlm(changed(), { said: REFUSED, status: 407 }).mark('cntlm-conf-edited');
    expect(judged(onePlace, refused).reason).not.toMatch(/is refused by the parent, and nothing passes/);
    const leaky = byCntlm(byCntlm(changed(), { said: REFUSED, status: 407 }), { said: GRANTED }).mark(
      'cntlm-conf-edited',
    );
    expect(judged(onePlace, leaky).reason).toMatch(
      /nothing passes\. Observed: 1 log-in refused \(the password is wrong\), 1 request passed/,
    );
    expect(judged(onePlace, changed().mark('cntlm-conf-edited')).reason).toMatch(
      /0 log-ins refused, 0 requests passed/,
    );
  });
});

describe('cntlm/credentials-not-in-containers', () => {
  const QUIET = 'proxyproof-search helper: looked at 900 places\nproxyproof-search build: looked at 800 places\n';
  const story = (trace: string, env: readonly string[] = []): Story =>
    new Story()
      .handsOut()
      .passes('git')
      .add('subject', {
        kind: 'container',
        what: 'created',
        container: 'c1',
        name: 'runner-build',
        image: 'job',
        inspect: {
          env,
          command: [],
          labels: { 'com.gitlab.gitlab-runner.type': 'build' },
          privileged: false,
          network: '',
          extraHosts: [],
        },
      })
      .finishes('success', trace);

  it('holds when both searches found nothing', () => {
    expect(judged(notInContainers, story(QUIET))).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    [
      'a place',
      story(`proxyproof-search build: found in the variable http_proxy\n${QUIET}`),
      /the build container has the password nowhere\. Observed: it is in the variable http_proxy/,
    ],
    [
      'a search that was not made',
      story(QUIET.split('\n')[1] ?? ''),
      /the helper container has the password nowhere\. Observed: the search was not made/,
    ],
    [
      'docker inspect',
      story(QUIET, ['http_proxy=http://«proxy-credentials»@proxy.test']),
      /docker inspect shows the password of no container .* it shows it of 1 of 1 container/,
    ],
    [
      'the trace',
      story(`http_proxy=http://«proxy-credentials»@proxy.test\n${QUIET}`),
      /prints no password\. Observed: its trace has it/,
    ],
  ])('sees %s', (_, made, expected) => {
    const { outcome, reason } = judged(notInContainers, made);
    expect(outcome).toBe('fail');
    expect(reason).toMatch(expected);
  });
});

describe('cntlm/authenticates-to-parent', () => {
  const story = (probe: (story: Story) => Story): Story =>
    probe(new Story().mark('probe')).mark('probed').handsOut().finishes('success');

  it("says that dind's own docker0 hides cntlm where the job has a network of its own", () => {
    const failing = (address: string): string => {
      const made = { kind: 'container', container: 'c9', name: 'job-dind-0', image: 'dind' } as const;
      const inspect = { env: [], command: [], labels: {}, privileged: true, network: 'job', extraHosts: [] };
      const said = 'error: proxyconnect tcp: dial tcp 172.17.0.1:3128: connect: connection refused\n';
      return judged(
        authenticates,
        new Story()
          .handsOut()
          .add('subject', { ...made, what: 'created', inspect })
          .add('subject', { ...made, what: 'started', addresses: [address] })
          .finishes('failed', said),
      ).reason;
    };
    expect(failing('172.18.0.2')).toMatch(/own docker0 has taken 172\.17\.0\.1, at which the page has cntlm listen/);
    expect(failing('172.17.0.2')).not.toMatch(/own docker0/);
  });

  it('wants a cntlm that is almost right to be refused', () => {
    const refused = judged(
      authenticates,
      story((made) => byCntlm(made, { said: REFUSED, status: 407 })),
    ).reason;
    expect(refused).not.toMatch(/lacks its last letter/);
    const trusted = judged(
      authenticates,
      story((made) => byCntlm(made, { said: REFUSED, status: 401 })),
    ).reason;
    expect(trusted).toMatch(/the parent let it in: it does not verify what it is told/);
    expect(
      judged(
        authenticates,
        story((made) => made),
      ).reason,
    ).toMatch(/no log-in of it came to the parent/);
  });
});
