import { describe, expect, it } from 'vitest';
import { DOCKER_CONFIG_BEFORE_SCRIPT, dockerConfigFile, echoed } from '../../../harness/recipes/index.ts';
import buildArgs from '../../../scenarios/docker/build-args.ts';
import allProxy from '../../../scenarios/docker/config-json-all-proxy.ts';
import beforeScript from '../../../scenarios/docker/config-json-before-script.ts';
import host from '../../../scenarios/docker/config-json-host.ts';
import preBuildScript from '../../../scenarios/docker/config-json-pre-build-script.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const PROXY = 'http://proxy.test:3128';
const EXPECTED = { httpProxy: PROXY, httpsProxy: PROXY, noProxy: 'docker:2375' };
const BOTH_CASES = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']
  .map((name) => `${name}=${PROXY}`)
  .concat(['NO_PROXY=docker:2375', 'no_proxy=docker:2375']);

/** How a story differs from one in which all is well. */
interface Differs {
  readonly text?: string | undefined;
  readonly env?: readonly string[] | undefined;
  readonly more?: readonly string[];
  readonly state?: 'success' | 'failed';
  readonly foretold?: object;
}

function told(differs: Differs = {}): Story {
  const {
    text,
    env,
    more = [],
    state = 'success',
    foretold,
  } = {
    text: dockerConfigFile(EXPECTED),
    env: BOTH_CASES,
    ...differs,
  };
  const story = new Story().mark('expected-proxies', JSON.stringify(EXPECTED));
  if (foretold) story.mark('foretold', JSON.stringify(foretold));
  story.handsOut();
  if (env) {
    story.add('subject', {
      kind: 'container',
      what: 'created',
      container: 'c1',
      name: 'proxyproof-started',
      image: 'sha256:0',
      inspect: { env: [...env], command: [], labels: {}, privileged: false, network: 'default', extraHosts: [] },
    });
  }
  const shown = text === undefined ? '' : Buffer.from(text).toString('base64');
  return story.finishes(state, [`proxyproof-config-json=${shown}`, ...more].join('\n'));
}

const WARNING = 'WARNING: Error loading config file: /root/.docker/config.json: invalid character';

describe.each([host, beforeScript, preBuildScript])('$id', (scenario) => {
  it('passes when the file is right and its variables arrive', () => {
    expect(judged(scenario, told()).outcome).toBe('pass');
  });

  it.each<[string, Differs, RegExp]>([
    ['there is no file', { text: undefined }, /the job has no config\.json/],
    ['it is no JSON', { text: '{ proxies: {} }' }, /it stops being JSON at character 3\. Quotation marks need/],
    [
      'a value is another',
      { text: dockerConfigFile({ ...EXPECTED, noProxy: '' }) },
      /noProxy is not what the variables/,
    ],
    ['it is empty', { text: dockerConfigFile({ httpProxy: '', httpsProxy: '' }) }, /lacks the upper-case variables/],
    [
      'one case of the variables is missing',
      { env: BOTH_CASES.filter((each) => /^[A-Z]/.test(each)) },
      /it lacks http_proxy, https_proxy, no_proxy: the CLI found no/,
    ],
    ['the CLI cannot read it', { env: [], more: [WARNING] }, /the CLI says “WARNING: Error loading config file/],
    ['no container was started', { env: undefined, state: 'failed' }, /the docker CLI started no container/],
  ])('fails when %s', (_, differs, reason) => {
    expect(judged(scenario, told(differs))).toMatchObject({ outcome: 'fail', reason: expect.stringMatching(reason) });
  });

  it('is blocked without a job', () => {
    expect(judged(scenario, new Story().asksProxy({ status: 407 })).outcome).toBe('blocked');
  });
});

describe('hostile values', () => {
  const written = (value: string): string | undefined =>
    echoed(DOCKER_CONFIG_BEFORE_SCRIPT.join('\n'), new Map([['HTTP_PROXY', value]]));

  it.each<[string, Differs, 'pass' | 'fail', RegExp]>([
    [
      'is reported beforehand',
      { text: written('a"b'), foretold: { text: written('a"b'), flaw: 'it breaks' }, more: [WARNING] },
      'pass',
      /^/,
    ],
    [
      'breaks it, and nothing was said',
      { text: written('a"b'), foretold: { text: written('a"b') }, more: [WARNING] },
      'fail',
      /no JSON .* the CLI says so.* the check had said: nothing/,
    ],
    [
      'is changed in silence',
      { text: written('a\\nb'), foretold: { text: written('a\\nb') } },
      'fail',
      /another value, of which the CLI says nothing/,
    ],
    [
      'became something else than the script makes of it',
      { text: written('c'), foretold: { text: written('a"b'), flaw: 'it breaks' } },
      'fail',
      /not what the script makes of these values/,
    ],
    [
      'left no file',
      { text: undefined, foretold: { text: written('a"b'), flaw: 'it breaks' } },
      'fail',
      /no config\.json/,
    ],
  ])('one that %s', (_, differs, outcome, reason) => {
    const result = judged(beforeScript, told(differs), { value: 'quote' });
    expect(result.outcome).toBe(outcome);
    expect(result.reason ?? '').toMatch(reason);
  });
});

describe('docker/build-args', () => {
  const story = (lines: readonly string[], state: 'success' | 'failed' = 'success'): Story =>
    new Story().handsOut().finishes(state, lines.join('\n'));

  it('tells where each build has what', () => {
    const lines = ['proxyproof-has config-json run HTTP_PROXY', 'proxyproof-has declared history HTTP_PROXY', 'x'];
    const { outcome, reason } = judged(buildArgs, story(lines), { builder: 'classic' });
    expect(outcome).toBe('info');
    expect(reason).toContain(
      "with proxies.default in config.json: RUN steps have HTTP_PROXY; the image's configuration keeps none",
    );
    expect(reason).toMatch(/ARG HTTP_PROXY in the Dockerfile: RUN steps have none; .* docker history shows HTTP_PROXY/);
  });

  it('says so when the job failed', () => {
    expect(judged(buildArgs, story([], 'failed')).reason).toContain('the job ended as failed');
  });
});

describe('docker/config-json-all-proxy', () => {
  const story = (lines: readonly string[], state: 'success' | 'failed' = 'success'): Story =>
    new Story().handsOut().finishes(state, lines.join('\n'));

  it('tells who has what', () => {
    const lines = ['ALL_PROXY', 'HTTP_PROXY'].map((name) => `proxyproof-has run ${name}`);
    const { outcome, reason } = judged(allProxy, story([...lines, 'proxyproof-has classic HTTP_PROXY', 'x']));
    expect(outcome).toBe('info');
    expect(reason).toContain('a container of docker run has ALL_PROXY, HTTP_PROXY');
    expect(reason).toContain('RUN steps of the classic builder have HTTP_PROXY');
    expect(reason).toContain('RUN steps of BuildKit have none');
  });

  it('says so when the job failed', () => {
    expect(judged(allProxy, story([], 'failed')).reason).toContain('the job ended as failed');
  });

  it('is blocked without a job', () => {
    expect(judged(allProxy, new Story().asksProxy({ status: 407 })).outcome).toBe('blocked');
  });
});
