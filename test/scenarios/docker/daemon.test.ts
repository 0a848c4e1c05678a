import { describe, expect, it } from 'vitest';
import { bodyRecord } from '../../../harness/ledger/index.ts';
import apiVersion from '../../../scenarios/docker/api-version.ts';
import daemonJsonProxies from '../../../scenarios/docker/daemon-json-proxies.ts';
import pullFailureReason from '../../../scenarios/docker/pull-failure-reason.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const engine = (version: string, minApiVersion: string, apiVersion: string) =>
  ({ kind: 'engine', source: 'host', version, apiVersion, minApiVersion, parts: {} }) as const;

/** An image is asked for, and its layer. */
function pulls(story: Story, repository: string, via: 'proxy' | 'direct' = 'proxy'): Story {
  for (const path of [`/v2/${repository}/manifests/latest`, `/v2/${repository}/blobs/sha256:1`]) {
    if (via === 'proxy') story.asksProxy({ method: 'GET', target: `http://registry.test:42000${path}`, status: 200 });
    const exchange = `${repository}${path}`;
    const request = { connection: 'r1', method: 'GET', target: path, httpVersion: '1.1', headers: [] };
    story.add('registry', { kind: 'request', exchange, via, ...request, requestKind: 'registry' });
    story.add('registry', { kind: 'response', exchange, status: 200, reason: '', headers: [], madeBy: 'self' });
    story.add('registry', { kind: 'response-body', exchange, ...bodyRecord('') });
  }
  return story;
}

describe('docker/daemon-json-proxies', () => {
  const of = (story: Story) => judged(daemonJsonProxies, story, { beside: 'nothing' });
  const both = () => pulls(pulls(new Story().handsOut(), 'tools/job'), 'tools/helper');

  it('passes when both images came through the proxy', () => {
    expect(of(both().finishes('success')).outcome).toBe('pass');
  });

  it('fails when one was not pulled', () => {
    const { outcome, reason } = of(pulls(new Story().handsOut(), 'tools/job').finishes('success'));
    expect(outcome).toBe('fail');
    expect(reason).toContain('the registry gave no manifest of tools/helper');
  });

  it('fails when one was pulled directly', () => {
    const { outcome, reason } = of(pulls(both(), 'tools/job', 'direct').finishes('success'));
    expect(outcome).toBe('fail');
    expect(reason).toContain('the registry was asked for tools/job directly');
  });

  it('fails when the job does', () => {
    expect(of(both().finishes('failed')).outcome).toBe('fail');
  });
});

describe('docker/pull-failure-reason', () => {
  const of = (failure: string, said: string, state: 'failed' | 'success' = 'failed') =>
    judged(pullFailureReason, new Story().handsOut().finishes(state, `ERROR: Job failed: ${said}\n`), { failure });
  const pulled = 'failed to pull image "registry.test:42000/tools/job" with specified policies [always]:';

  it.each([
    ['407', 'Error response from daemon: Get "https://registry.test:42000/v2/": Proxy Authentication Required'],
    ['403', 'Error response from daemon: Get "https://registry.test:42000/v2/": Forbidden'],
    ['503', 'Get "https://registry.test:42000/v2/": Service Unavailable'],
    ['refused', 'proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused'],
    ['name', 'proxyconnect tcp: dial tcp: lookup nowhere.invalid on 192.0.2.1:53: no such host'],
    ['name', 'proxyconnect tcp: dial tcp: address nowhere.invalid: no suitable address found'],
    ['x509', 'Get "https://registry.test:42000/v2/": x509: certificate signed by unknown authority'],
    ['x509', 'tls: failed to verify certificate: x509: certificate signed by unknown authority'],
  ])('passes when the log says why: %s, %s', (failure, said) => {
    expect(of(failure, `${pulled} ${said}`).outcome).toBe('pass');
  });

  it('warns when the log says nothing of the reason', () => {
    const { outcome, reason } = of('407', `${pulled} no`);
    expect(outcome).toBe('warn');
    expect(reason).toContain('the log of the job says why: the proxy refuses the account. Observed: it says: ERROR');
  });

  it('warns when the image is said to be missing', () => {
    const { outcome, reason } = of('403', `${pulled} Forbidden: manifest unknown`);
    expect(outcome).toBe('warn');
    expect(reason).toContain('it does not say that the image is missing');
  });

  it('warns when the job succeeds all the same', () => {
    expect(of('503', 'Service Unavailable', 'success').outcome).toBe('warn');
  });
});

describe('docker/api-version', () => {
  const of = (trace: string, state: 'failed' | 'success' = 'success') =>
    judged(
      apiVersion,
      new Story()
        .add('harness', engine('28.5.2', '1.24', '1.51'))
        .handsOut()
        .finishes(state, trace),
    );

  it('says what the engine speaks and what the CLI asks for', () => {
    const { outcome, reason } = of('proxyproof-api 20.10.24 1.41\n');
    expect(outcome).toBe('info');
    expect(reason).toContain('Docker 28.5.2 speaks 1.24 to 1.51');
    expect(reason).toContain('the docker CLI 20.10.24 of the job asks for 1.41; the job ended as success');
  });

  const refusal =
    'Error response from daemon: client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade';

  it('says how the engine refuses it', () => {
    const { reason } = of(`proxyproof-api 20.10.24 1.41\n${refusal}\n`);
    expect(reason).toContain(
      'the docker CLI 20.10.24 of the job asks for 1.41 and is refused, since the engine wants 1.44',
    );
  });

  it('says that the runner is refused where no script began', () => {
    const { reason } = of(`ERROR: Preparation failed: ${refusal} (docker.go:857:0s)\n`, 'failed');
    expect(reason).toContain('the runner asks for 1.41 and is refused, since the engine wants 1.44; the job ended as');
  });
});
