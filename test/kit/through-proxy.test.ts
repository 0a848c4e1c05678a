import { describe, expect, it } from 'vitest';
import { jobTaken, nothingDirect, throughProxy } from '../../harness/kit/index.ts';
import { Story } from '../scenarios/_builder.ts';

const verdicts = (story: Story) =>
  throughProxy(story.evidence, ['job'], 'job requests').map(({ verdict, observed }) => `${verdict}: ${observed}`);

describe('through the proxy', () => {
  it.each([false, true])('is what the origin and the record of the proxy show; tls: %s', (tls) => {
    const [arrives, ...others] = verdicts(new Story({ tls }).passes('job').passes('job'));
    expect(arrives).toBe('holds: 2 job requests arrived at GitLab, from the proxy');
    expect(others).toEqual([expect.stringMatching(/^holds/), 'holds: nothing went around the proxy']);
  });

  it('is not what never arrived, of which there is no record to look for', () => {
    expect(verdicts(new Story())).toEqual([
      'fails: no job requests arrived at GitLab',
      'holds: nothing went around the proxy',
    ]);
  });

  it('is not what the proxy knows nothing of', () => {
    expect(verdicts(new Story().reachesGitlab('job'))[1]).toBe(
      'fails: the proxy knows nothing of POST /api/v4/jobs/request',
    );
  });

  it('is a request of which the proxy left out an empty query', () => {
    const story = new Story().asksProxy({ target: 'http://gitlab.test/api/v4/jobs/request?', status: 200 });
    expect(verdicts(story.reachesGitlab('job'))[1]).toBe('holds: the proxy has 1 job request on record');
  });

  it('is not what arrived from elsewhere', () => {
    const story = new Story().passes('job').reachesGitlab('job', { via: 'direct' });
    expect(verdicts(story)[0]).toBe(
      'fails: 1 of 2 job requests arrived at GitLab from elsewhere, the first: POST /api/v4/jobs/request',
    );
  });

  it('is not all, when the tripwire saw somebody', () => {
    expect(nothingDirect(new Story().passes('job').bypass().evidence)).toMatchObject({
      verdict: 'fails',
      observed: expect.stringMatching(/^1 connection went around the proxy, the first to gitlab\.test/),
    });
  });
});

describe('a job that is asked about', () => {
  it('was handed out', () => {
    expect(jobTaken(new Story().handsOut().evidence)).toBeUndefined();
  });

  it.each<[string, Story, string]>([
    ['nobody asked', new Story(), 'no job request arrived at GitLab'],
    [
      'the proxy refused',
      new Story().asksProxy({}),
      'no job request arrived at GitLab; the proxy answered 1 request with 407',
    ],
    [
      'there was none',
      new Story().passes('job', { status: 204 }),
      '1 job request arrived at GitLab, but none was answered with a job',
    ],
  ])('blocks the question when %s', (_, story, observed) => {
    expect(jobTaken(story.evidence)).toMatchObject({ verdict: 'blocked', observed });
  });
});
