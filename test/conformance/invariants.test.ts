import { describe, expect, it } from 'vitest';
import { measured, type Scenario, scenario } from '../../harness/conformance/authoring.ts';
import { bodyRecord } from '../../harness/ledger/index.ts';
import { Story } from '../scenarios/_builder.ts';
import { judged } from '../scenarios/_judging.ts';

/** A check without an opinion of its own: whatever fails it is an invariant. */
const CHECK: Scenario = scenario({
  id: 'own/check',
  asks: 'What happens?',
  explains: 'Whatever happens is measured.',
  requires: { level: 'C', cites: 'nothing', holds: 'whatever happens' },
  abilities: () => [],
  world: () => ({ gitlab: {}, proxy: { kind: 'basic' } }),
  act: async () => {},
  judge: () => [measured('what happened', 'something happened')],
  mutants: [],
});

const withAllowed = (allows: NonNullable<Scenario['allows']>): Scenario => ({ ...CHECK, allows });

const job = () => new Story().handsOut();

describe('invariants', () => {
  it('are content with a job that goes through the proxy', () => {
    expect(judged(CHECK, job().finishes('success')).outcome).toBe('info');
  });

  it('are content with a signed URL whose signature is masked', () => {
    const trace = 'PUT http://cache/x?X-Amz-Expires=600&X-Amz-Signature=[MASKED]\n';
    expect(judged(CHECK, job().finishes('success', trace)).outcome).toBe('info');
  });

  it.each([
    ['a connection around the proxy', new Story().bypass(), /nothing goes around the proxy.*went around/],
    ['a request that GitLab gets directly', new Story().reachesGitlab('job', { via: 'direct' }), /directly/],
    [
      "the proxy's credentials at GitLab",
      new Story().passes('job', { headers: [['Proxy-Authorization', 'Basic «proxy-credentials»']] }),
      /the proxy's credentials are shown to nobody but the proxy.*the header Proxy-Authorization/,
    ],
    [
      'the password of the proxy in a URL that GitLab gets',
      new Story().passes('git', { target: '/?p=«proxy-credentials-password»' }),
      /the URL/,
    ],
    [
      'a job token at the storage',
      new Story().passes('object-storage', { target: '/object-storage/x', headers: [['JOB-TOKEN', '«job-token»']] }),
      /GitLab's tokens are shown to nobody but GitLab.*the storage/,
    ],
    [
      'a token in a CONNECT request',
      new Story().asksProxy({
        method: 'CONNECT',
        target: 'gitlab.test:41000',
        proxyHeaders: [['Private-Token', '«runner-token»']],
      }),
      /in a CONNECT request/,
    ],
    [
      'a token in a trace',
      job().finishes('success', 'hello\nit is «job-token»\n'),
      /no credential stands in the trace.*it is/,
    ],
    [
      'a signed URL in a trace',
      job().finishes('success', 'PUT http://cache/x?X-Amz-Signature=«unknown 01234567»'),
      /no credential stands in the trace/,
    ],
    [
      'a signed URL in a trace, escaped',
      job().finishes('success', 'url=http%3A%2F%2Fcache%2Fx%3FX-Amz-Signature%3D0123456789abcdef'),
      /no credential stands in the trace/,
    ],
    [
      'a token in a part of a trace that has no end',
      job().reachesGitlab('trace', { sends: 'hello\nit is «job-token»\n' }),
      /no credential stands in the trace.*it is/,
    ],
    ["a token in the runner's log", new Story().log('token is «runner-token»'), /own log.*token is/],
    [
      'a password in a field of the log',
      new Story().add('subject', {
        kind: 'log',
        stream: 'stderr',
        line: 'failed',
        fields: { error: 'http://«proxy-credentials»@proxy.test' },
      }),
      /own log.*proxy\.test/,
    ],
    [
      'a flagged request',
      new Story().add('gitlab', { kind: 'flag', what: 'The Content-Range is missing.' }),
      /keeps the rules of its protocol.*Content-Range/,
    ],
    [
      'a trace with another checksum',
      job().add('gitlab', { kind: 'job', job: 4001, what: 'finished', state: 'success', checksumMatches: false }),
      /by its checksum/,
    ],
    [
      'a failing script told as a success',
      job().add('gitlab', { kind: 'job', job: 4001, what: 'finished', state: 'success', exits: 3 }),
      /exit code 3, was reported as success/,
    ],
    [
      'another exit code',
      job().add('gitlab', {
        kind: 'job',
        job: 4001,
        what: 'finished',
        state: 'failed',
        failureReason: 'script_failure',
        exits: 3,
        exitCode: 1,
      }),
      /reported with 1/,
    ],
    [
      'a script that fails told as a failure of the runner',
      job().add('gitlab', {
        kind: 'job',
        job: 4001,
        what: 'finished',
        state: 'failed',
        failureReason: 'runner_system_failure',
        exits: 3,
        exitCode: 3,
      }),
      /exit code 3, was reported as runner_system_failure/,
    ],
  ])('fail a check over %s', (_name, story, reason) => {
    const { outcome, reason: said } = judged(CHECK, story);
    expect({ outcome, said }).toEqual({ outcome: 'fail', said: expect.stringMatching(reason) });
  });

  it('fail a check whose subject floods GitLab, and not one that is as quick as it may be', () => {
    const times = (count: number) => {
      const story = new Story();
      for (let n = 0; n < count; n++) story.at(n).passes('trace');
      return judged(CHECK, story);
    };
    expect(times(61)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringContaining('at most 60 requests of a kind'),
    });
    expect(times(60).outcome).toBe('info');
  });

  it('leave to a scenario what it allows, and no more', () => {
    const direct = withAllowed(() => ({ direct: [{ what: /^gitlab\.test:/, why: 'it asks for it' }] }));
    expect(judged(direct, new Story().bypass()).outcome).toBe('info');
    const other = withAllowed(() => ({ direct: [{ what: /^registry\.test:/, why: 'it asks for it' }] }));
    expect(judged(other, new Story().bypass()).outcome).toBe('fail');
    const early = withAllowed(() => ({ direct: [{ what: /^/, why: 'at first', until: 'set up' }] }));
    expect(judged(early, new Story().bypass().mark('set up')).outcome).toBe('info');
    expect(judged(early, new Story().mark('set up').bypass()).outcome).toBe('fail');
  });

  it('do not ask for a proxy where the world has none', () => {
    const alone = { ...CHECK, world: () => ({ gitlab: {} }) };
    expect(judged(alone, new Story().reachesGitlab('job', { via: 'direct' })).outcome).toBe('info');
  });

  it('do not count what is odd, nor what is sent again since its answer was lost', () => {
    const odd = new Story().add('gitlab', { kind: 'flag', what: 'There is no GET /new.', odd: true });
    expect(judged(CHECK, odd).outcome).toBe('info');
    const again = (first: { held?: boolean }) => {
      const story = new Story().reachesGitlab('trace', first).reachesGitlab('trace', { status: 416 });
      return judged(CHECK, story.add('gitlab', { kind: 'flag', what: 'The trace has 9 bytes.', exchange: 'x2' }))
        .outcome;
    };
    expect(again({ held: true })).toBe('info');
    expect(again({})).toBe('fail');
  });

  it('take a body that was cut for what it is where only the proxy saw it, unless the proxy had answered or the runner was told to stop', () => {
    const request = {
      kind: 'request',
      connection: 'c',
      exchange: 'cut',
      via: 'subject',
      method: 'POST',
      target: '/artifacts',
      httpVersion: '1.1',
      headers: [],
    } as const;
    const sent = (story = new Story()) => story.add('proxy', request);
    const cut = (story: Story) =>
      judged(CHECK, story.add('proxy', { kind: 'request-body', exchange: 'cut', ...bodyRecord('x'), complete: false }));
    expect(cut(sent())).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/as long as its head says.*POST \/artifacts ended after 1 byte/),
    });
    const answer = { kind: 'response', exchange: 'cut', status: 407, reason: '', headers: [], madeBy: 'self' } as const;
    expect(cut(sent().add('proxy', answer)).outcome).toBe('info');
    expect(cut(sent().mark('stopping')).outcome).toBe('info');
    expect(cut(sent().add('proxy', { kind: 'fault', name: 'stop', state: 'on' })).outcome).toBe('info');
  });

  it('say what a judge said already once only', () => {
    const twice: Scenario = {
      ...CHECK,
      requires: { level: 'R', cites: 'nothing', holds: 'nothing' },
      judge: () => [
        { verdict: 'fails', expected: 'nothing goes around the proxy', observed: 'something did', evidence: [] },
      ],
    };
    const { reason } = judged(twice, new Story().bypass());
    expect(reason.match(/nothing goes around the proxy/g)).toHaveLength(1);
  });
});
