import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../harness/diagnosis/index.ts';
import { explainPush, PUSH_CAUSE_IDS, type PushRecord } from '../../../harness/diagnosis/push/causes.ts';
import { Story } from '../../scenarios/_builder.ts';

const record = (story: Story, more: Partial<PushRecord> = {}): PushRecord => ({
  evidence: story.evidence,
  trace: '',
  serviceEnvironments: [],
  ...more,
});

/** dind's daemon asks the registry without the proxy. */
const goesAround = (): Story =>
  new Story().add('subject', {
    kind: 'tripwire',
    from: '10.0.0.1:5000',
    to: 'registry.test:443',
    protocol: 'tls',
    detail: '',
  });

describe('why a push failed', () => {
  it('is not known where nothing is known of it', () => {
    expect(explainPush(record(new Story()))).toBeUndefined();
  });

  it('is a call for the daemon that went to the proxy', () => {
    const story = new Story().asksProxy({ method: 'GET', target: 'http://docker:2375/_ping', status: 502 });
    expect(explainPush(record(story))).toContain('Write NO_PROXY=docker:2375,docker:2376');
  });

  it('is told by the environment of the service containers', () => {
    expect(explainPush(record(goesAround()))).toContain('which has no proxy variables');
    const serviceEnvironments = [['PATH=/bin', 'HTTPS_PROXY=http://proxy.test:3128']];
    expect(explainPush(record(goesAround(), { serviceEnvironments }))).toContain('its NO_PROXY covers the registry');
  });

  it.each([
    ['x509: certificate signed by unknown authority', /certs\.d/],
    ['server gave HTTP response to HTTPS client', /--insecure-registry/],
    ['Proxy Authentication Required', /percent-encoded/],
    ['Cannot connect to the Docker daemon', /DOCKER_HOST/],
  ])('is told by the trace: %s', (trace, expected) => {
    expect(explainPush(record(new Story(), { trace }))).toMatch(expected);
  });
});

it.each(PUSH_CAUSE_IDS)('%s is in the catalogue', (id) => {
  expect(causeOf(id)).toBeDefined();
});
