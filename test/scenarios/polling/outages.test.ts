import { describe, expect, it } from 'vitest';
import { OUTAGE } from '../../../harness/kit/outage.ts';
import proxyDown from '../../../scenarios/polling/proxy-down.ts';
import restart from '../../../scenarios/polling/proxy-restart-mid-poll.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

describe('polling/proxy-down, where one connection is dead', () => {
  const HALF_HOUR = 30 * 60_000;
  const polls = (): Story => new Story().at(100).passes('job').at(3000);
  const dies = (): Story => polls().add('proxy', { kind: 'fault', name: 'hang', state: 'struck' });
  const judgedDead = (story: Story) => judged(proxyDown, story, { how: 'one-connection' });

  it('passes when polling goes on by another within half an hour', () => {
    expect(judgedDead(dies().at(600_000).passes('job').mark('stopping')).outcome).toBe('pass');
  });

  it('fails when it goes on later, or not at all', () => {
    expect(
      judgedDead(
        dies()
          .at(HALF_HOUR + 4000)
          .passes('job')
          .mark('stopping'),
      ),
    ).toMatchObject({ outcome: 'fail' });
    expect(
      judgedDead(
        dies()
          .at(HALF_HOUR + 63_000)
          .mark('stopping'),
      ),
    ).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/no job request came for 31 min/),
    });
    expect(judgedDead(dies().at(200_000).mark('subject-ended').mark('stopping')).outcome).toBe('fail');
  });

  it('passes when it is watched for a while of real time, and nothing goes around the proxy', () => {
    expect(judgedDead(dies().at(78_000).mark('stopping')).outcome).toBe('pass');
    expect(judgedDead(dies().at(50_000).bypass().at(78_000).mark('stopping')).outcome).toBe('fail');
    expect(judgedDead(dies().at(10_000).mark('stopping')).outcome).toBe('fail');
  });

  it('is blocked when no connection died', () => {
    expect(judgedDead(polls().at(78_000).mark('stopping')).outcome).toBe('blocked');
  });
});

describe('polling/proxy-down', () => {
  const down = (): Story => new Story().at(100).passes('job').at(200).mark(OUTAGE.from);

  it('passes when nothing gets through and polling resumes', () => {
    expect(judged(proxyDown, down().at(9200).mark(OUTAGE.to).mark(OUTAGE.over).at(12_000).passes('job')).outcome).toBe(
      'pass',
    );
  });

  it('passes when it doubles its interval while polls fail, up to 30 s', () => {
    const slow = down().at(9200).mark(OUTAGE.to).mark(OUTAGE.over).at(39_000).passes('job');
    expect(judged(proxyDown, slow).outcome).toBe('pass');
  });

  it('fails when it resumes late, or not at all', () => {
    const late = down().at(9200).mark(OUTAGE.to).mark(OUTAGE.over).at(42_000).passes('job');
    expect(judged(proxyDown, late)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/32.8 s afterwards/),
    });
    const never = down().at(9200).mark(OUTAGE.to).mark(OUTAGE.over).at(44_200).mark('stopping');
    expect(judged(proxyDown, never)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/in the 35.0 s watched/),
    });
  });

  it('fails when anything went around the proxy meanwhile', () => {
    const story = down().at(3000).bypass().at(9200).mark(OUTAGE.to).mark(OUTAGE.over).at(10_000).passes('job');
    expect(judged(proxyDown, story).outcome).toBe('fail');
    const arrived = down()
      .at(3000)
      .reachesGitlab('job')
      .at(9200)
      .mark(OUTAGE.to)
      .mark(OUTAGE.over)
      .at(10_000)
      .passes('job');
    expect(judged(proxyDown, arrived)).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/1 request reached GitLab meanwhile/),
    });
  });

  it('is blocked when polling did not work before, or the proxy was never down', () => {
    const dead = new Story()
      .at(200)
      .mark(OUTAGE.from)
      .at(9200)
      .mark(OUTAGE.to)
      .mark(OUTAGE.over)
      .at(10_000)
      .passes('job');
    expect(judged(proxyDown, dead).outcome).toBe('blocked');
    expect(
      judged(proxyDown, new Story().at(100).passes('job').mark(OUTAGE.to).mark(OUTAGE.over).passes('job')).outcome,
    ).toBe('blocked');
  });
});

describe('polling/proxy-restart-mid-poll', () => {
  const cut = (): Story => new Story().at(100).passes('job', { held: true }).mark('held').at(200).mark('back');

  it('passes when the next poll gets the job', () => {
    expect(judged(restart, cut().at(3100).handsOut().finishes('success')).outcome).toBe('pass');
  });

  it('warns when that poll comes late, gets nothing, or its job is lost', () => {
    const late = cut().at(9000).handsOut().finishes('success');
    expect(judged(restart, late)).toMatchObject({ outcome: 'warn', reason: expect.stringMatching(/8.80 s after/) });
    const second = cut().at(3100).passes('job', { status: 204 }).at(6100).handsOut().finishes('success');
    expect(judged(restart, second)).toMatchObject({
      outcome: 'warn',
      reason: expect.stringMatching(/answered with 204/),
    });
    expect(judged(restart, cut().at(3100).handsOut())).toMatchObject({
      outcome: 'warn',
      reason: expect.stringMatching(/no final state/),
    });
    expect(judged(restart, cut().at(60_000).log('gone'))).toMatchObject({
      outcome: 'warn',
      reason: expect.stringMatching(/no other job/),
    });
  });

  it('is blocked when the poll was not cut', () => {
    const answered = new Story().at(100).passes('job', { status: 201 }).mark('held').mark('back').handsOut();
    expect(judged(restart, answered.finishes('success')).outcome).toBe('blocked');
  });
});
