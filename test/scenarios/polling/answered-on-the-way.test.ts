import { describe, expect, it } from 'vitest';
import type { ProfileName } from '../../../harness/conformance/index.ts';
import scenario from '../../../scenarios/polling/answered-on-the-way.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const own = (digit: string): string => digit.repeat(32);
const GITLAB = '01KKDQ7P6TRW7Z6P2PWG5808EK';
const id = (value: string | undefined) => (value === undefined ? [] : [['X-Request-Id', value] as const]);
const line = (value: string | undefined): string =>
  `ERROR: Checking for jobs... forbidden ${value === undefined ? '' : `correlation_id=${value} `}status=403 Forbidden`;

/** What differs from what is right: ids that are sent with the three requests, and ids that the log has. */
interface Differs {
  readonly sent?: readonly (string | undefined)[];
  readonly told?: readonly (string | undefined)[];
  readonly says?: (told: string | undefined) => string;
}

/** GitLab refuses, answers as usual, and then the proxy refuses. */
function met({ sent = [own('a'), own('b'), own('c')], told = [GITLAB, own('c')], says = line }: Differs = {}): Story {
  const story = new Story().mark('refused-by-gitlab');
  story.reachesGitlab('job', { status: 403, headers: id(sent[0]), answered: id(GITLAB) }).log(says(told[0]));
  story.reachesGitlab('job', { status: 204, headers: id(sent[1]), answered: id('01KKDQ7P6TRW7Z6P2PWG5808EM') });
  story.mark('refused-by-proxy').asksProxy({ status: 403, proxyHeaders: id(sent[2]) });
  return story.log(says(told[1]));
}

const on = (story: Story, profile: ProfileName = '18.11') => judged(scenario, story, { status: '403' }, profile);

describe('polling/answered-on-the-way', () => {
  it('passes when each line has the id of its answer, or else of its request', () => {
    expect(on(met()).outcome).toBe('pass');
    expect(on(met({ says: (told) => `{"level":"error","msg":"failed","correlation_id":"${told}"}` })).outcome).toBe(
      'pass',
    );
  });

  it('passes by https, where nobody sees what the request has', () => {
    const story = met({ sent: [own('a'), own('b'), undefined] });
    expect(judged(scenario, story, { status: '403', scheme: 'https' }, '18.11').outcome).toBe('pass');
  });

  it.each<[what: string, Differs, RegExp]>([
    ['no line has an id', { told: [undefined, undefined] }, /GitLab gave\. Observed: its line has no correlation id/],
    ["GitLab's answer has the runner's", { told: [own('a'), own('c')] }, /which is the request's/],
    ["the proxy's answer has one that was not sent", { told: [GITLAB, own('d')] }, /neither the answer's nor/],
    ["the proxy's answer has the one of GitLab's answer", { told: [GITLAB, GITLAB] }, /runner's own correlation id/],
    [
      'the id has dashes',
      { sent: [own('a'), own('b'), 'c-c'], told: [GITLAB, 'c-c'] },
      /hexadecimal digits\. Observed/,
    ],
    ['two calls have one id', { sent: [own('c'), own('b'), own('c')] }, /Observed: calls had the same one/],
    ['a request has none', { sent: [undefined, own('b'), own('c')] }, /Observed: requests had none/],
    ['the log says nothing', { says: () => 'Checking for jobs... nothing' }, /Observed: the log says nothing of it/],
    [
      'the log has a wait alone',
      { says: (told) => `Waiting before the call status=403 correlation_id=${told}` },
      /says nothing/,
    ],
  ])('fails when %s', (_, differs, reason) => {
    expect(on(met(differs))).toEqual({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it('is blocked where nobody refused, or nothing went well between', () => {
    expect(on(new Story()).outcome).toBe('blocked');
    const bad = new Story().mark('refused-by-gitlab').reachesGitlab('job', { status: 403 }).log(line(GITLAB));
    expect(on(bad).outcome).toBe('blocked');
    expect(
      on(
        bad
          .mark('refused-by-proxy')
          .asksProxy({ status: 403 })
          .log(line(own('c'))),
      ).outcome,
    ).toBe('blocked');
  });

  it.each(['14.10', '17.5', '18.3'] as const)('is measured in %s', (profile) => {
    expect(on(met(), profile).outcome).toBe('info');
    expect(on(new Story(), profile).outcome).toBe('blocked');
  });
});
