import { describe, expect, it } from 'vitest';
import artifacts from '../../../scenarios/tls/artifacts.ts';
import clientCertificate from '../../../scenarios/tls/client-certificate.ts';
import clone from '../../../scenarios/tls/clone.ts';
import mutual from '../../../scenarios/tls/mutual.ts';
import otherOrigins from '../../../scenarios/tls/other-origins.ts';
import runner from '../../../scenarios/tls/runner.ts';
import whatIsSeen from '../../../scenarios/tls/what-is-seen.ts';
import { type RequestOptions, Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const ORIGIN = 'https://gitlab.test:41000';
const UNTRUSTED =
  '{"level":"warning","msg":"Checking for jobs... failed","status":"Post \\"https://gitlab.test/api/v4/jobs/request\\": tls: failed to verify certificate: x509: certificate signed by unknown authority"}';

const begin = (): Story => new Story({ tls: true });

/** The proxy sees a request inside of a tunnel. */
const inside = (story: Story, path = '/api/v4/jobs/request', origin = ORIGIN): Story =>
  story.asksProxy({ target: `${origin}${path}`, status: 200 });

/** A job request passes a tunnel that the proxy opens. */
const polls = (story: Story, options: RequestOptions = { status: 204 }): Story => inside(story.passes('job', options));

describe('tls/runner', () => {
  const of = (story: Story, axes: Readonly<Record<string, string>> = {}) =>
    judged(runner, story, { of: 'polling', ca: 'tls-ca-file', opens: 'everything', ...axes });

  it('passes when job requests come by a tunnel that was opened', () => {
    expect(of(polls(begin())).outcome).toBe('pass');
  });

  it('says where the CA has to be when nothing comes', () => {
    const { outcome, reason } = of(begin().log(UNTRUSTED));
    expect(outcome).toBe('fail');
    expect(reason).toMatch(
      /no job requests arrived.*tls\/interceptor-ca-not-in-runner.*certs\/HOST\.crt.*tls-ca-file/s,
    );
  });

  it('says nothing of a CA where the log does not', () => {
    expect(of(begin()).reason).not.toContain('tls/');
  });

  it('fails when the proxy opened nothing, or what it should leave', () => {
    expect(of(begin().passes('job')).reason).toMatch(/the proxy opens the tunnels.*0 requests inside/s);
    expect(of(begin().passes('job'), { opens: 'all-but-gitlab' }).outcome).toBe('pass');
    expect(of(polls(begin()), { opens: 'all-but-gitlab' }).outcome).toBe('fail');
  });

  it('wants a job to end well', () => {
    const done = (state: 'success' | 'failed'): Story => inside(begin().handsOut().finishes(state));
    expect(of(done('success'), { of: 'job' }).outcome).toBe('pass');
    expect(of(done('failed'), { of: 'job' }).outcome).toBe('fail');
    expect(of(begin(), { of: 'job' }).outcome).toBe('blocked');
  });

  describe('of a CA that is renewed', () => {
    const renewed = (story: Story) => of(story, { of: 'renewed' });
    const cut = (): Story => polls(begin()).mark('another-ca');

    it('passes when the runner waits for its file, and polls on', () => {
      expect(renewed(polls(cut().mark('the-file-has-it'))).outcome).toBe('pass');
    });

    it('fails when something comes before', () => {
      expect(renewed(polls(polls(cut()).mark('the-file-has-it')))).toMatchObject({
        outcome: 'fail',
        reason: expect.stringContaining('1 job request came before the file had it'),
      });
    });

    it('fails when nothing comes afterwards', () => {
      expect(renewed(cut().mark('the-file-has-it'))).toMatchObject({
        outcome: 'fail',
        reason: expect.stringMatching(/polls on, without a restart. Observed: 0 job requests came/),
      });
    });

    it('is blocked where the runner never polled', () => {
      expect(renewed(begin().mark('another-ca')).reason).toContain('no job requests arrived');
    });
  });
});

describe('tls/clone', () => {
  const cloned = (): Story =>
    inside(begin().handsOut().passes('git'), '/group/project.git/info/refs?service=git-upload-pack');
  const of = (story: Story, asks = 'gitlab') => judged(clone, story, { asks, ca: 'tls-ca-file' });

  it('passes when git comes by a tunnel that was opened', () => {
    expect(of(cloned().finishes('success')).outcome).toBe('pass');
  });

  it('names the store of the helper when git rejects the certificate', () => {
    const trace =
      "Fetching changes...\nfatal: unable to access 'https://gitlab.test/group/project.git/': server certificate verification failed. CAfile: none CRLfile: none\n";
    const { outcome, reason } = of(begin().handsOut().finishes('failed', trace));
    expect(outcome).toBe('fail');
    expect(reason).toMatch(/tls\/interceptor-ca-not-in-helper.*tls-ca-file/s);
  });

  it('looks for the request to another host, by a tunnel that was left', () => {
    const asked = (story: Story): Story =>
      story.passes('object-storage', { target: '/object-storage/elsewhere.git/info/refs', status: 403 });
    expect(of(asked(cloned()).finishes('success'), 'other-host').outcome).toBe('pass');
    expect(of(cloned().finishes('success'), 'other-host').reason).toMatch(/another host.*0 requests arrived there/s);
    const opened = inside(asked(cloned()), '/object-storage/elsewhere.git', 'https://storage.test:41000');
    expect(of(opened.finishes('success'), 'other-host').reason).toMatch(/leaves the tunnels as they are/);
  });

  it('is blocked without a job', () => {
    expect(of(begin()).outcome).toBe('blocked');
  });
});

describe('tls/artifacts', () => {
  const of = (story: Story) => judged(artifacts, story, { of: 'upload', ca: 'tls-ca-file' });
  const job = (): Story => inside(begin().handsOut());

  it('passes when the upload comes and the job ends well', () => {
    expect(of(job().passes('upload', { status: 201 }).finishes('success')).outcome).toBe('pass');
  });

  it('fails when it does not come', () => {
    const { outcome, reason } = of(
      job().finishes(
        'failed',
        'WARNING: Uploading artifacts as "archive" to coordinator... error  error=couldn\'t execute POST against https://gitlab.test/api/v4/jobs/1/artifacts: tls: failed to verify certificate: x509: certificate signed by unknown authority\n',
      ),
    );
    expect(outcome).toBe('fail');
    expect(reason).toMatch(/reported as failed.*tls\/interceptor-ca-not-in/s);
  });

  it('is blocked without a job', () => {
    expect(of(begin()).outcome).toBe('blocked');
  });
});

it('tls/other-origins says whether storage was asked, and how the job ended', () => {
  const of = (story: Story) => judged(otherOrigins, story, { of: 'lfs', opens: 'everything', ca: 'tls-ca-file' });
  const stored = begin().handsOut().passes('object-storage', { status: 200 }).finishes('success');
  expect(of(stored)).toMatchObject({
    outcome: 'info',
    reason: expect.stringContaining('yes; the job was reported as success'),
  });
  expect(of(begin().handsOut().finishes('failed')).reason).toMatch(/no; nothing was asked of the storage/);
  expect(of(begin()).outcome).toBe('blocked');
});

describe('tls/what-is-seen', () => {
  const of = (story: Story) => judged(whatIsSeen, story, { opens: 'everything' });

  it('lists each secret with its host, and where it stood', () => {
    const story = begin()
      .handsOut()
      .asksProxy({
        target: `${ORIGIN}/api/v4/jobs/4001/trace`,
        status: 202,
        proxyHeaders: [['JOB-TOKEN', '«job-token»']],
      });
    story.asksProxy({
      target: 'https://storage.test:1/object-storage/x?X-Amz-Signature=«object-storage-signature»',
      status: 200,
    });
    expect(of(story)).toMatchObject({ outcome: 'info' });
    expect(of(story).reason).toContain('in the header JOB-TOKEN of traces');
    expect(of(story).reason).toContain('in the URL of downloads from storage');
  });

  it('does not count what the proxy is shown itself, nor what it has no name for', () => {
    const story = begin()
      .handsOut()
      .asksProxy({
        method: 'CONNECT',
        target: 'gitlab.test:41000',
        status: 200,
        proxyHeaders: [['Proxy-Authorization', 'Basic «proxy-credentials»']],
      });
    inside(story);
    expect(of(story).reason).toContain('none');
  });

  it('is blocked without a job', () => {
    expect(of(begin()).outcome).toBe('blocked');
  });
});

describe('tls/client-certificate', () => {
  const of = (story: Story, kind = 'polling') => judged(clientCertificate, story, { of: kind });
  const shown = (story: Story, shows = 'build-runner'): Story => story.passes('job', { status: 204, shows });
  const refused = (): Story => begin().passes('job', { status: 400, shows: 'none' });

  it('passes when requests come with the certificate of the runner', () => {
    expect(of(shown(begin())).outcome).toBe('pass');
    expect(of(refused())).toMatchObject({
      outcome: 'fail',
      reason: expect.stringMatching(/came with no certificate, and was answered 400/),
    });
    expect(of(shown(begin(), 'somebody-else')).reason).toContain('came with that of somebody-else');
    expect(of(begin()).outcome).toBe('blocked');
  });

  it('wants it of git and of the upload, too', () => {
    const taken = (): Story => {
      const story = begin().passes('job', { status: 201, shows: 'build-runner' });
      return story.add('gitlab', { kind: 'job', job: 4001, what: 'handed-out', state: 'running' });
    };
    for (const [kind, request] of [['clone', 'git'] as const, ['upload', 'upload'] as const]) {
      expect(of(taken().passes(request, { shows: 'build-runner' }), kind).outcome).toBe('pass');
      expect(of(taken().passes(request, { status: 400, shows: 'none' }), kind).outcome).toBe('fail');
      expect(of(taken(), kind).outcome).toBe('blocked');
      expect(of(refused(), kind).outcome).toBe('fail');
      expect(of(begin(), kind).outcome).toBe('blocked');
    }
  });

  it('wants the new one once the files have it', () => {
    const later = (shows: string) => of(shown(shown(begin()).mark('another-certificate'), shows), 'renewed');
    expect(later('build-runner, renewed').outcome).toBe('pass');
    expect(later('build-runner').reason).toMatch(/of build-runner, renewed is shown.*came with that of build-runner/s);
    expect(of(shown(begin()).mark('another-certificate'), 'renewed').outcome).toBe('blocked');
    expect(of(refused(), 'renewed').outcome).toBe('fail');
  });
});

describe('tls/mutual', () => {
  const of = (story: Story, axes: Readonly<Record<string, string>> = {}) =>
    judged(mutual, story, { way: 'opened', asks: 'required', ...axes });

  it('says what GitLab saw, what it answered, and what the runner said', () => {
    const line = '{"level":"warning","msg":"Checking for jobs... failed","runner":"x","status":"400 Bad Request"}';
    const { outcome, reason } = of(begin().passes('job', { status: 400, shows: 'none' }).log(line));
    expect(outcome).toBe('info');
    expect(reason).toMatch(/none, for the proxy.*answered 400.*“Checking for jobs\.\.\. failed: 400 Bad Request”/s);
    expect(reason).toContain('tls/client-certificate-lost');
  });

  it('names whose certificate came through', () => {
    const { reason } = of(begin().passes('job', { status: 204, shows: 'build-runner' }), { way: 'left' });
    expect(reason).toBe('that of build-runner. GitLab answered 204 to a request for jobs.');
    const none = of(begin().passes('job', { status: 400, shows: 'none' }), { way: 'direct' });
    expect(none.reason).toMatch(/^none\. GitLab answered 400/);
    expect(none.reason).not.toContain('tls/client-certificate-lost');
    expect(of(begin(), { way: 'direct' }).outcome).toBe('blocked');
  });
});
