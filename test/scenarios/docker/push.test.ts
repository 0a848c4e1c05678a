import { describe, expect, it } from 'vitest';
import { bodyRecord } from '../../../harness/ledger/index.ts';
import pushFaults from '../../../scenarios/docker/push-faults.ts';
import withoutPorts from '../../../scenarios/docker/push-no-proxy-without-ports.ts';
import pushThroughProxy from '../../../scenarios/docker/push-through-proxy.ts';
import withoutNoProxy from '../../../scenarios/docker/push-without-no-proxy.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const REGISTRY = 'registry.test:42000';
const MIB = 1024 * 1024;
const UPLOAD = '/v2/group/project/app/blobs/uploads/';

interface RegistryRequest {
  readonly status?: number;
  readonly sent?: number;
  readonly got?: number;
  readonly anonymous?: boolean;
  /** Past the proxy, by a way that should not be. */
  readonly direct?: boolean;
}

/** A story with a registry in it. */
class PushStory extends Story {
  #requests = 0;

  /** A request to the registry. */
  registry(method: string, path: string, of: RegistryRequest = {}): this {
    const exchange = `r${++this.#requests}`;
    const { status = 200, sent, got = 0, anonymous = false, direct = false } = of;
    if (!direct) this.asksProxy({ method, target: `http://${REGISTRY}${path}`, status });
    this.add('registry', {
      kind: 'request',
      connection: `rc${this.#requests}`,
      exchange,
      via: direct ? 'direct' : 'proxy',
      method,
      target: path,
      httpVersion: '1.1',
      headers: anonymous ? [] : [['Authorization', 'Bearer «registry-token»']],
      requestKind: 'registry',
    });
    if (sent !== undefined) this.add('registry', { kind: 'request-body', exchange, ...bodyRecord(''), bytes: sent });
    this.add('registry', { kind: 'response', exchange, status, reason: '', headers: [], madeBy: 'self' });
    return this.add('registry', { kind: 'response-body', exchange, ...bodyRecord(''), bytes: got });
  }

  /** Layers and a manifest go up. */
  pushes(tag: string, bytes = 9 * MIB + 1024): this {
    return this.registry('POST', UPLOAD, { status: 202 })
      .registry('PATCH', `${UPLOAD}1`, { status: 202, sent: bytes })
      .registry('PUT', `${UPLOAD}1?digest=x`, { status: 201 })
      .registry('PUT', `/v2/group/project/app/manifests/${tag}`, { status: 201, sent: 500 });
  }

  pulls(bytes = 9 * MIB + 1024): this {
    return this.registry('GET', '/v2/group/project/app/blobs/sha256:1', { got: bytes });
  }

  refuses(): this {
    return this.registry('POST', UPLOAD, { status: 401, anonymous: true });
  }

  serviceHas(...env: string[]): this {
    return this.add('subject', {
      kind: 'container',
      what: 'created',
      container: 'c1',
      name: 'dind',
      image: 'dind',
      inspect: {
        env,
        command: [],
        labels: { 'com.gitlab.gitlab-runner.type': 'service' },
        privileged: true,
        network: 'bridge',
        extraHosts: [],
      },
    });
  }

  goesAround(): this {
    return this.add('subject', { kind: 'tripwire', from: 'x', to: REGISTRY, protocol: 'http', detail: 'GET /v2/' });
  }
}

const basic = { proxy: 'basic' };
/** The suite's own client has tried the registry. @param differs what was answered to some of it */
const probed = (differs: Readonly<Record<string, number>> = {}): PushStory => {
  const answers = {
    right: 202,
    'wrong-password': 401,
    'other-repository': 401,
    'other-action': 401,
    'no-name': 401,
    ...differs,
  };
  const story = new PushStory().registry('POST', '/v2/group/probed/blobs/uploads/', { status: 202 });
  for (const [name, status] of Object.entries(answers)) {
    story.mark(`registry-probe:${name}`, `it was answered with ${status}`);
  }
  return story.mark('registry-is-probed') as PushStory;
};

/** The job tried another project. */
const FOREIGN = 'project-probe: 401\n';

const whole = (): PushStory =>
  probed().handsOut().refuses().pushes('classic').pulls().pushes('buildkit', 0) as PushStory;

describe('docker/push-through-proxy', () => {
  const of = (story: Story) => judged(pushThroughProxy, story, basic);

  it('passes when everything was pushed and came back, through the proxy', () => {
    expect(of(whole().finishes('success', FOREIGN))).toEqual({ outcome: 'pass', reason: expect.any(String) });
  });

  it.each([
    ['project-probe: 202\n', 'Observed: it was answered with 202'],
    ['project-probe: 000\n', 'Observed: it was answered with nothing'],
    ['', 'Observed: it was not tried'],
  ])('fails when a job can push into another project, or did not try: %j', (tried, observed) => {
    const { outcome, reason } = of(whole().finishes('success', tried));
    expect(outcome).toBe('fail');
    expect(reason).toContain(`a push into another project, by the job's own credentials, is refused. ${observed}`);
  });

  it('fails when something reaches the registry directly', () => {
    const { outcome, reason } = of(whole().registry('GET', '/v2/', { direct: true }).finishes('success'));
    expect(outcome).toBe('fail');
    expect(reason).toContain('reached the registry directly');
  });

  it.each([
    ['wrong-password', 200, /a wrong password, by the service that gives tokens for the registry, is refused/],
    ['other-repository', 202, /a push with a token for another repository, is refused/],
    ['other-action', 202, /a push with a token that is good for pulls alone, is refused/],
    ['no-name', 404, /a look at a repository with a token that nobody in particular asked for, is refused/],
    ['right', 401, /a client of the suite's own pushes with a token for just that/],
  ])('fails when the registry is not as strict as it should be: %s', (name, status, expected) => {
    const story = probed({ [name]: status }).handsOut() as PushStory;
    const { outcome, reason } = of(story.refuses().pushes('classic').pulls().pushes('buildkit', 0).finishes('success'));
    expect(outcome).toBe('fail');
    expect(reason).toMatch(expected);
    expect(reason).toContain(`Observed: it was answered with ${status}`);
  });

  it('fails when the registry was not tried, and counts none of the trials', () => {
    const untried = new PushStory().handsOut() as PushStory;
    const { reason } = of(untried.refuses().pushes('classic').pulls().pushes('buildkit', 0).finishes('success'));
    expect(reason).toContain('it was not tried');
    const { outcome, reason: alone } = of(probed().handsOut().finishes('success'));
    expect(outcome).toBe('fail');
    expect(alone).toContain('no registry requests arrived at the registry');
  });

  it.each([
    ['200', '000', /dind refuses a client without a certificate\. Observed: it answered 200/],
    ['000', '200', /dind refuses a client without TLS\. Observed: it answered 200/],
  ])('fails when dind with TLS is too kind: %s, %s', (certificate, tls, expected) => {
    const tried = `dind-probe no-certificate: ${certificate}\ndind-probe no-tls: ${tls}\n`;
    const { outcome, reason } = judged(pushThroughProxy, whole().finishes('success', tried), { ...basic, dind: 'tls' });
    expect(outcome).toBe('fail');
    expect(reason).toMatch(expected);
  });

  it('passes when dind with TLS refuses both', () => {
    const tried = 'dind-probe no-certificate: 000\ndind-probe no-tls: 400\n';
    expect(
      judged(pushThroughProxy, whole().finishes('success', FOREIGN + tried), { ...basic, dind: 'tls' }).outcome,
    ).toBe('pass');
  });

  it('fails when the proxy is asked for the daemon', () => {
    const { outcome, reason } = of(
      whole().asksProxy({ method: 'GET', target: 'http://docker:2375/_ping', status: 502 }).finishes('success'),
    );
    expect(outcome).toBe('fail');
    expect(reason).toContain('the proxy was asked for docker:2375 1 time');
  });

  it('fails when the registry takes pushes from anybody', () => {
    const open = new PushStory()
      .handsOut()
      .registry('PUT', '/v2/group/project/app/manifests/classic', { status: 201, anonymous: true });
    const { outcome, reason } = of(
      (open as PushStory).pushes('classic').pulls().pushes('buildkit').finishes('success'),
    );
    expect(outcome).toBe('fail');
    expect(reason).toContain('took a push before there was a login');
    const untried = new PushStory().handsOut() as PushStory;
    expect(of(untried.pushes('classic').pulls().pushes('buildkit').finishes('success'))).toMatchObject({
      outcome: 'fail',
      reason: expect.stringContaining('nobody tried to push before the login'),
    });
  });

  it('fails when layers or a manifest are missing, or another image comes back', () => {
    const start = (): PushStory => new PushStory().handsOut().refuses() as PushStory;
    const few = of(start().pushes('classic', MIB).pulls().pushes('buildkit', 0).finishes('success'));
    expect(few).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('took 1.0 MiB of blobs') });
    const untagged = of(start().pushes('classic').pulls().finishes('success'));
    expect(untagged).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('and 1 manifest') });
    const other = of(whole().finishes('success', 'the image that came back is another one\n'));
    expect(other).toMatchObject({ outcome: 'fail', reason: expect.stringContaining('came back as another one') });
  });

  it.each<[string, (story: PushStory) => Story, string]>([
    ['no proxy in the service', (story) => story.serviceHas('PATH=/').goesAround(), 'service container, which has no'],
    [
      'NO_PROXY of the service covers the registry',
      (story) => story.serviceHas('HTTPS_PROXY=proxy.test:1').goesAround(),
      'its NO_PROXY covers the registry',
    ],
    [
      'the CLI has no NO_PROXY',
      (story) => story.asksProxy({ method: 'CONNECT', target: 'docker:2376', status: 502 }),
      'NO_PROXY in the job does not have the name of the daemon',
    ],
    ['refused credentials', (story) => story.registry('GET', '/v2/', { status: 407 }), 'refused the credentials'],
  ])('names the cause: %s', (_, happens, cause) => {
    const story = happens(new PushStory().handsOut() as PushStory).finishes('failed', 'denied\n');
    expect(of(story)).toMatchObject({ outcome: 'fail', reason: expect.stringContaining(cause) });
  });

  it.each([
    ['x509: certificate signed by unknown authority', 'does not trust the registry'],
    ['http: server gave HTTP response to HTTPS client', '--insecure-registry'],
    ['Cannot connect to the Docker daemon at tcp://docker:2375', 'Nobody answers where DOCKER_HOST says'],
  ])('names the cause by what the job said: %s', (said, cause) => {
    const story = new PushStory().handsOut().finishes('failed', `Error: ${said}\n`);
    expect(of(story)).toMatchObject({ outcome: 'fail', reason: expect.stringContaining(cause) });
  });

  it('is blocked without a job', () => {
    expect(of(probed()).outcome).toBe('blocked');
    expect(judged(pushThroughProxy, probed(), { ...basic, dind: 'tls' }).outcome).toBe('blocked');
  });
});

describe('docker/push-without-no-proxy', () => {
  const of = (story: Story) => judged(withoutNoProxy, story, basic);
  const astray = (): Story =>
    new PushStory().handsOut().asksProxy({ method: 'GET', target: 'http://docker:2375/v1.24/version', status: 502 });

  it('passes when the call goes to the proxy and the job fails', () => {
    expect(of(astray().finishes('failed', 'Service Unavailable\n')).outcome).toBe('pass');
  });

  it('fails when the daemon is reached all the same', () => {
    const story = new PushStory().handsOut() as PushStory;
    const { outcome, reason } = of(story.pushes('classic').finishes('success'));
    expect(outcome).toBe('fail');
    expect(reason).toContain('the proxy was never asked for it');
    expect(reason).toContain('no cause is found');
  });
});

describe('docker/push-no-proxy-without-ports', () => {
  it('tells what became of the push, and which spellings the CLI takes', () => {
    const trace =
      'docker versions: client 20.10.24, daemon 20.10.24\nNO_PROXY=: by the proxy\nNO_PROXY=docker: directly\n';
    const { outcome, reason } = judged(withoutPorts, whole().finishes('success', trace));
    expect(outcome).toBe('info');
    expect(reason).toContain('client 20.10.24, daemon 20.10.24');
    expect(reason).toContain('by the proxy; the push is done, and the job ends as success');
    expect(reason).toContain('by the proxy: nothing; directly: docker');
  });

  it('tells of a daemon that goes around the proxy', () => {
    const story = new PushStory().handsOut() as PushStory;
    const { reason } = judged(withoutPorts, story.goesAround().finishes('failed'), { list: 'everything' });
    expect(reason).toContain('goes to the registry without the proxy; the push is blocked');
  });
});

describe('docker/push-faults', () => {
  it('tells how often a layer was sent, how it ended, and in which words', () => {
    const trace = 'push given up after 52 s\npush said last: connection reset by peer\n';
    const story = new PushStory().handsOut() as PushStory;
    const sent = story
      .registry('PATCH', `${UPLOAD}1`, { status: 502 })
      .registry('PATCH', `${UPLOAD}1`, { status: 502 });
    const { outcome, reason } = judged(pushFaults, sent.finishes('success', trace), { fault: 'reset-ever' });
    expect(outcome).toBe('info');
    expect(reason).toContain('the push was given up after 52 s; blobs were sent 2 times');
    expect(reason).toContain('does not have the image, and the CLI said last: connection reset by peer');
  });
});
