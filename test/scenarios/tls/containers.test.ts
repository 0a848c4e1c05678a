import { describe, expect, it } from 'vitest';
import buildkit from '../../../scenarios/tls/buildkit.ts';
import daemonPull from '../../../scenarios/tls/daemon-pull.ts';
import dind from '../../../scenarios/tls/dind.ts';
import helperMount from '../../../scenarios/tls/helper-mount.ts';
import jobTools from '../../../scenarios/tls/job-tools.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const reason = (text: RegExp) => ({ outcome: 'fail', reason: expect.stringMatching(text) });

describe('tls/helper-mount', () => {
  const keeps = (status: number): Story =>
    new Story().handsOut().passes('cache', { method: 'PUT', target: '/runner-cache/kept', status });

  it('passes when the bucket takes the cache, from the proxy', () => {
    expect(judged(helperMount, keeps(200).finishes('success')).outcome).toBe('pass');
  });

  it('names the mount when the helper rejects a certificate, though the job succeeds', () => {
    const trace = [
      'Saving cache for successful job',
      'WARNING: cache.zip: uploading: Put "https://storage.test:1/runner-cache/kept": x509: certificate signed by unknown authority',
    ].join('\n');
    expect(judged(helperMount, new Story().handsOut().finishes('success', trace))).toMatchObject(
      reason(/The helper container rejects .*mount \/etc\/gitlab-runner\/certs.*tls\/interceptor-ca-not-in-helper/),
    );
  });

  it('fails when the bucket was never asked, or did not take it', () => {
    expect(judged(helperMount, new Story().handsOut().finishes('success'))).toMatchObject(
      reason(/the bucket takes the cache\. Observed: it was asked for that 0 times/),
    );
    expect(judged(helperMount, keeps(403).finishes('success'))).toMatchObject(reason(/and took it 0 times/));
  });

  it('fails when the job does', () => {
    expect(judged(helperMount, keeps(200).finishes('failed'))).toMatchObject(reason(/reported as success/));
  });

  it('is blocked without a job', () => {
    expect(judged(helperMount, new Story().passes('job', { status: 204 })).outcome).toBe('blocked');
  });
});

describe('tls/daemon-pull', () => {
  const ADDRESS = 'registry.test:5000';
  const MANIFEST = '/v2/tools/job/manifests/latest';

  /** The registry is asked for the manifest, in a tunnel. */
  const asks = (story: Story, via: 'proxy' | 'direct' = 'proxy'): Story =>
    story
      .asksProxy({ method: 'CONNECT', target: ADDRESS, status: 200 })
      .add('registry', { kind: 'connection', connection: 'rc1', via, from: '', to: ADDRESS, tls: true })
      .add('registry', {
        kind: 'request',
        connection: 'rc1',
        exchange: 'r1',
        via,
        method: 'GET',
        target: MANIFEST,
        httpVersion: '1.1',
        headers: [],
        requestKind: 'registry',
      })
      .add('registry', { kind: 'response', exchange: 'r1', status: 200, reason: '', headers: [], madeBy: 'origin' });

  it('passes when the manifest comes through the proxy', () => {
    expect(judged(daemonPull, asks(new Story().handsOut()).finishes('success')).outcome).toBe('pass');
  });

  it('names the store of the host when dockerd rejects a certificate', () => {
    const trace = `Using Docker executor with image ${ADDRESS}/tools/job ...\nERROR: Job failed: failed to pull image "${ADDRESS}/tools/job" with specified policies [if-not-present]: Error response from daemon: Get "https://${ADDRESS}/v2/": x509: certificate signed by unknown authority`;
    expect(judged(daemonPull, new Story().handsOut().finishes('failed', trace))).toMatchObject(
      reason(/dockerd rejects the certificate of registry\.test.*update-ca-certificates.*interceptor-ca-not-in-daemon/),
    );
  });

  it('fails when the image was there, and when the registry was asked directly', () => {
    expect(judged(daemonPull, new Story().handsOut().finishes('success'))).toMatchObject(
      reason(/the job image is pulled through the proxy\. Observed: the registry gave no manifest of tools\/job/),
    );
    expect(judged(daemonPull, asks(new Story().handsOut(), 'direct').finishes('success'))).toMatchObject(
      reason(/arrive at the registry, and from the proxy/),
    );
  });
});

describe('what is measured', () => {
  const said = (...lines: readonly string[]): Story =>
    new Story().handsOut().finishes('success', lines.map((line) => `proxyproof-tls ${line}\n`).join(''));
  const answer = (text: RegExp) => ({ outcome: 'info', reason: expect.stringMatching(text) });

  it('of dind and BuildKit: what works where, and why the rest does not', () => {
    const story = said('nowhere pull x509: certificate signed by unknown authority', 'nowhere push ');
    expect(judged(dind, story)).toMatchObject(
      answer(/the CA nowhere: pull fails \(x509: certificate signed by unknown authority\); push fails\.$/),
    );
    expect(judged(buildkit, said('certs.d-restarted FROM by BuildKit works'))).toMatchObject(
      answer(/certs\.d, and dockerd restarted: FROM by BuildKit works/),
    );
  });

  it('of the clients: who takes the CA from which place', () => {
    expect(judged(jobTools, said('NODE_EXTRA_CA_CERTS: node'))).toMatchObject(
      answer(/nowhere: nobody.*NODE_EXTRA_CA_CERTS: node/),
    );
  });

  it.each([dind, buildkit, jobTools])('of nothing, where no job was taken', (scenario) => {
    expect(judged(scenario, new Story().passes('job', { status: 204 })).outcome).toBe('blocked');
  });
});
