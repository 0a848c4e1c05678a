import { describe, expect, it } from 'vitest';
import environment from '../../../scenarios/containers/environment.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const NAMES = ['https_proxy', 'http_proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY'];
const ROLES = { helper: 'predefined', service: 'service', build: 'build' } as const;
type Role = keyof typeof ROLES;
/** Who of a role says something: of services the job names one, too. */
const SPEAKERS = { helper: ['helper'], service: ['service', 'job-service'], build: ['build', 'after-script'] } as const;

/** How one story differs from one in which all is well. */
interface Differs {
  /** What a container says of a variable, in place of the right digest. */
  readonly says?: (speaker: Role | 'job-service' | 'after-script', name: string) => string | undefined;
  readonly env?: (role: Role) => readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly asked?: string;
  /** Without the runner's labels. */
  readonly unlabelled?: boolean;
  /** By default docker0's own. */
  readonly address?: (role: Role) => string | undefined;
  /** No container is seen at all. */
  readonly unseen?: boolean;
  /** The services that the job reaches by their aliases; both by default. */
  readonly reaches?: readonly string[];
}

function told({ says, env, labels, asked, unlabelled, address, unseen, reaches }: Differs = {}): Story {
  const story = new Story()
    .mark('expected-environment', JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, 'd1']))))
    .mark('docker0', '172.17.0.1')
    .handsOut();
  const lines: string[] = [];
  for (const role of Object.keys(ROLES) as Role[]) {
    const container = { kind: 'container', container: `${role}0123`, name: role, image: 'sha256:0' } as const;
    if (!unseen)
      story.add('subject', {
        ...container,
        what: 'created',
        inspect: {
          env: env?.(role) ?? NAMES.map((name) => `${name}=proxy`),
          command: [],
          labels: unlabelled ? {} : { 'com.gitlab.gitlab-runner.type': ROLES[role], ...labels },
          privileged: false,
          network: 'default',
          extraHosts: [],
        },
      });
    const at = address?.(role);
    if (at !== undefined) story.add('subject', { ...container, what: 'started', addresses: [at] });
    for (const speaker of SPEAKERS[role]) {
      for (const name of NAMES) lines.push(`proxyproof-env ${speaker} ${name} ${says?.(speaker, name) ?? 'd1'}`);
      lines.push(
        `proxyproof-env ${speaker} PROXYPROOF_RUNNER_ONLY ${says?.(speaker, 'PROXYPROOF_RUNNER_ONLY') ?? 'unset'}`,
      );
    }
  }
  for (const each of reaches ?? SPEAKERS.service) lines.push(`proxyproof-reached ${each}`);
  if (asked) story.asksProxy({ method: 'GET', target: asked, status: 502 });
  return story.finishes('success', `$ for name in …\n${lines.join('\n')}\n`);
}

const reason = (text: string | RegExp) => ({ outcome: 'fail', reason: expect.stringMatching(text) });

describe('containers/environment', () => {
  it('passes when all three kinds of containers have all variables', () => {
    expect(judged(environment, told()).outcome).toBe('pass');
  });

  it('fails when the job does not reach a service by its alias', () => {
    expect(judged(environment, told({ reaches: ['job-service'] }))).toMatchObject(
      reason(/reaches its services by their aliases\. Observed: it did not reach service\.?$/),
    );
  });

  it('fails when one kind lacks some, and says which', () => {
    const story = told({ says: (role, name) => (role === 'service' && /^http/.test(name) ? 'unset' : undefined) });
    expect(judged(environment, story)).toMatchObject(
      reason(/the container of config.toml's service .* it lacks https_proxy, http_proxy: /),
    );
    const ofJob = told({ says: (role, name) => (role === 'job-service' && /^http/.test(name) ? 'unset' : undefined) });
    expect(judged(environment, ofJob)).toMatchObject(
      reason(/the container of the job's service .* it lacks https_proxy/),
    );
  });

  it('fails when a value arrived changed', () => {
    const story = told({ says: (role, name) => (role === 'build' && name === 'HTTP_PROXY' ? 'd2' : undefined) });
    expect(judged(environment, story)).toMatchObject(reason(/HTTP_PROXY arrived with another value/));
  });

  it('fails when a kind of container says nothing', () => {
    const story = new Story().mark('expected-environment', '{"http_proxy":"d1"}').handsOut().finishes('success', '');
    expect(judged(environment, story)).toMatchObject(reason(/the helper container did not say what it has/));
  });

  it('fails when a container is made without them, whatever its script says', () => {
    const story = told({ env: (role) => (role === 'helper' ? [] : NAMES.map((name) => `${name}=x`)) });
    expect(judged(environment, story)).toMatchObject(reason(/helper0123 was made without https_proxy/));
  });

  it("fails when something of the runner's own gets in", () => {
    const said = told({
      says: (role, name) => (role === 'build' && name === 'PROXYPROOF_RUNNER_ONLY' ? 'd3' : undefined),
    });
    expect(judged(environment, said)).toMatchObject(reason(/a variable of the runner alone is in 1 container/));
  });

  it("fails when docker inspect shows the runner's token, or a service the job's", () => {
    expect(judged(environment, told({ labels: { token: '«runner-token»' } }))).toMatchObject(
      reason(/«runner-token» is in what/),
    );
    const withJobToken = (only: Role) =>
      told({
        env: (role) => [...NAMES.map((name) => `${name}=x`), ...(role === only ? ['CI_JOB_TOKEN=«job-token»'] : [])],
      });
    expect(judged(environment, withJobToken('service'))).toMatchObject(reason(/«job-token» is in what/));
    expect(judged(environment, withJobToken('build')).outcome).toBe('pass');
  });

  it('fails when the proxy is asked for the service', () => {
    expect(judged(environment, told({ asked: 'http://172.17.0.2:8080/' }))).toMatchObject(
      reason(/the proxy is not asked for the service/),
    );
  });

  it('knows containers without labels by their names, and fails where it saw none', () => {
    expect(judged(environment, told({ unlabelled: true })).outcome).toBe('pass');
    const lacking = told({
      unlabelled: true,
      env: (role) => (role === 'helper' ? [] : NAMES.map((name) => `${name}=x`)),
    });
    expect(judged(environment, lacking)).toMatchObject(reason(/helper0123 was made without https_proxy/));
    expect(judged(environment, told({ unseen: true }))).toMatchObject(reason(/which containers .* it made none/));
  });

  it("fails when a job with a network of its own has a container in docker0's", () => {
    const perBuild = { network: 'per-build' };
    const apart = told({ address: () => '172.18.0.2' });
    expect(judged(environment, apart, perBuild).outcome).toBe('pass');
    const mixed = told({ address: (role) => (role === 'service' ? '172.17.0.2' : '172.18.0.2') });
    expect(judged(environment, mixed, perBuild)).toMatchObject(
      reason(/no container of the job is in docker0's network/),
    );
    expect(judged(environment, told(), perBuild).outcome).toBe('fail');
  });

  it('is blocked without a job', () => {
    expect(judged(environment, new Story().asksProxy({ status: 407 })).outcome).toBe('blocked');
  });
});
