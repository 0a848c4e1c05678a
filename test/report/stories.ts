import type { CaseOutcome } from '../../harness/conformance/outcome.ts';
import { outcome, type Recorder } from './builder.ts';

/** GitLab says 429 at once, with a reset in 3 s; the runner asks again after 1 s. */
export function tooEarly(recorder: Recorder, id = 'rate-limit/reset-time-valid[proxy=basic]'): CaseOutcome {
  const story = recorder.story(id).begin('namespace', { request: 'job', body: 'json', proxy: 'basic' });
  const job = { body: '{"info":{"name":"gitlab-runner"},"token":"«runner-token»"}', kind: 'job' } as const;
  story.at(3).record('subject', {
    kind: 'process-start',
    process: 'p1',
    command: ['gitlab-runner', 'run', '--config', 'config.toml'],
  });
  story.at(180).log('Starting multi-runner from config.toml...  builds=0 max_builds=0');
  story.at(410);
  const reset = 'Mon, 02 Mar 2026 10:20:34 GMT';
  const first = story.forwarded(job, {
    status: 429,
    reason: 'Too Many Requests',
    headers: [
      ['RateLimit-ResetTime', reset],
      ['Content-Type', 'application/json'],
    ],
    body: '{"message":"Too Many Requests"}',
    planned: { occurrence: 1, resetAt: 3413, resetTime: reset },
  });
  story
    .at(421)
    .log(
      'WARNING: Checking for jobs... failed  runner=glrt-ab status=POST http://gitlab.test:8080/api/v4/jobs/request: 429 Too Many Requests',
    );
  story.at(1420);
  const second = story.forwarded(job, { status: 204, reason: 'No Content' });
  story.at(4430);
  story.forwarded(job, { status: 204, reason: 'No Content' });
  story.at(5420).record('harness', { kind: 'act', what: 'watched for a second request', watchedMs: 5000 });
  story.at(5500).record('subject', { kind: 'process-exit', process: 'p1', code: 0, signal: null });
  story.end(5510);
  const evidence = [first.response, second.request];
  return outcome({
    id,
    outcome: 'fail',
    proxy: 'proxy-chain 3.0.1',
    axes: { request: 'job', body: 'json', connection: 'keep-alive', proxy: 'basic' },
    reason:
      'Expected: the request is issued again no earlier than the stated time, 3.00 s after the 429. Observed: it arrived 1.01 s after the 429, 1.99 s too early.',
    evidence,
    findings: [
      {
        verdict: 'fails',
        expected:
          'the request is issued again no earlier than the stated time, 3.00 s after the 429, and at most 2 s after it',
        observed: 'it arrived 1.01 s after the 429, 1.99 s too early',
        evidence,
      },
      {
        verdict: 'holds',
        expected: 'the same body',
        observed: 'both bodies have 57 bytes and one digest',
        evidence: [first.request, second.request],
      },
    ],
  });
}

/** An https GitLab behind a proxy that asks for credentials: CONNECT, 407, CONNECT again, a tunnel. */
export function tunnel(recorder: Recorder, id = 'polling/https-connect[proxy=basic]'): CaseOutcome {
  const story = recorder.story(id).begin();
  const target = 'gitlab.test:8443';
  const host = [['Host', target]] as const;
  story.secrets.addCredentials('proxy', 'alice', 'p@ss:word');
  const credentials = `Basic ${Buffer.from('alice:p@ss:word').toString('base64')}`;
  story.at(300);
  const refused = story.request('proxy', { method: 'CONNECT', path: target, headers: host });
  story.at(301).response('proxy', refused.exchange, {
    status: 407,
    reason: 'Proxy Authentication Required',
    madeBy: 'self',
    headers: [['Proxy-Authenticate', 'Basic realm="corp"']],
  });
  story.at(304);
  const open = story.request('proxy', {
    method: 'CONNECT',
    path: target,
    headers: [...host, ['Proxy-Authorization', credentials]],
  });
  story.at(306).response('proxy', open.exchange, { status: 200, reason: 'Connection established', madeBy: 'self' });
  story.at(309).record('gitlab', {
    kind: 'connection',
    connection: 'c-gitlab',
    via: 'proxy',
    from: '10.0.0.2:4711',
    to: target,
    tls: true,
  });
  story.at(320);
  const poll = story.request('gitlab', {
    path: '/api/v4/jobs/request',
    body: '{"token":"«runner-token»"}',
    kind: 'job',
  });
  story.at(50_320).response('gitlab', poll.exchange, { status: 204, reason: 'No Content' });
  story.at(50_400).record('gitlab', { kind: 'connection-end', connection: 'c-gitlab', bytesIn: 812, bytesOut: 301 });
  story.record('proxy', { kind: 'tunnel-end', exchange: open.exchange, bytesUp: 2112, bytesDown: 4013 });
  story.end(50_500);
  return outcome({
    id,
    proxy: 'proxy-chain 3.0.1',
    requirement: 'One CONNECT per connection, to the right host:port, and nothing direct.',
    citation:
      'Running GitLab Runner behind a proxy, 14.10.1, “Adding Proxy variables to the GitLab Runner configuration”',
    reason: 'One CONNECT to gitlab.test:8443 carried the only request.',
    evidence: [open.seq, poll.seq],
    durationMs: 50_600,
    waitedMs: 50_500,
  });
}

/** A proxy that refuses; the runner goes around it and hits the tripwire. */
export function bypass(recorder: Recorder, id = 'polling/proxy-down[fault=refused]'): CaseOutcome {
  const story = recorder.story(id).begin();
  story.at(900);
  story.forwarded({ kind: 'job', body: '{}' }, { status: 204, reason: 'No Content' });
  story.at(1500).record('proxy', { kind: 'fault', name: 'refuse', state: 'on', detail: 'the listener is closed' });
  story.at(3910).record('proxy', { kind: 'fault', name: 'refuse', state: 'struck' });
  const hit = story.at(3915).record('tripwire', {
    kind: 'tripwire',
    from: '10.0.0.2:5001',
    to: 'gitlab.test:8080',
    protocol: 'http',
    detail: 'POST /api/v4/jobs/request HTTP/1.1',
    headers: [['Host', 'gitlab.test:8080']],
  });
  story
    .at(3920)
    .log(
      'ERROR: Checking for jobs... failed  error=proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused',
    );
  story.at(6900).record('proxy', { kind: 'fault', name: 'refuse', state: 'off' });
  story.at(6930);
  story.forwarded({ kind: 'job', body: '{}' }, { status: 502, reason: 'Bad Gateway' });
  story.end(8000);
  return outcome({
    id,
    outcome: 'fail',
    proxy: 'proxy-chain 3.0.1',
    requirement:
      'Proxy refused, black-holed or reset: no request ever goes direct; polling resumes by itself when the proxy is back.',
    reason: 'Expected: no request goes around the proxy. Observed: 1 connection to the tripwire.',
    evidence: [hit],
    findings: [
      {
        verdict: 'fails',
        expected: 'no request goes around the proxy',
        observed: '1 connection to the tripwire, to gitlab.test:8080, 2.4 s after the proxy began to refuse',
        evidence: [hit],
      },
    ],
  });
}

/** Five fallbacks of a minute, as a real runner spends them, then the error. */
export function fiveMinutes(recorder: Recorder, id = 'rate-limit/gives-up-after-five[proxy=squid]'): CaseOutcome {
  const story = recorder.story(id).begin();
  let last = 0;
  for (let attempt = 0; attempt <= 5; attempt++) {
    story.at(400 + attempt * 60_010);
    last = story.forwarded(
      { kind: 'job', body: '{"token":"x"}' },
      {
        status: 429,
        reason: 'Too Many Requests',
        headers: [['RateLimit-ResetTime', 'soon']],
        planned: { occurrence: attempt + 1, resetTime: 'soon' },
      },
    ).response;
  }
  const log = story.at(300_470).log('ERROR: Checking for jobs... error  error=gave up due to rate limit');
  story.end(320_000);
  return outcome({
    id,
    proxy: 'squid 5.7',
    evidence: [last, log],
    reason: '6 requests, 60.0 s apart, then the error.',
    durationMs: 320_400,
    waitedMs: 320_000,
  });
}
