import { describe, expect, it } from 'vitest';
import { credentialsIn } from '../../harness/reproduce/plan/account.ts';
import { mentionsIn } from '../../harness/reproduce/plan/mentions.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { CONFIG, DROP_IN, pictureOf } from './_bundle.ts';

const plan = (files: Readonly<Record<string, string>>, options = {}) => planOf(pictureOf(files), options);

describe('the plan of a bundle', () => {
  it('has the names, addresses and ports that the files have', () => {
    const found = plan({ 'etc/gitlab-runner/config.toml': CONFIG });
    expect(found.gitlab).toEqual({
      url: 'https://gitlab.corp.example',
      host: 'gitlab.corp.example',
      port: 443,
      tls: true,
    });
    expect(found.proxies).toEqual([{ host: 'proxy.corp.example', port: 8080 }]);
    expect(found.registries).toContainEqual({ host: 'registry.corp.example', port: 5000 });
    expect(found.images).toContain('registry.corp.example:5000/tools/alpine:3.20');
    expect(found.local).toBeUndefined();
    expect(found.auth.scheme).toBe('none');
  });

  it('takes from the page what the bundle has not, and says so', () => {
    const found = plan({ 'etc/gitlab-runner/config.toml': CONFIG });
    expect(found.fromPage.map(({ name }) => name)).toEqual(['docker', 'runner']);
    expect(found.fromPage[0]?.content).toContain('HTTP_PROXY=http://proxy.corp.example:8080');
    expect(found.assumptions.map(({ says }) => says).join('\n')).toContain(
      '/etc/systemd/system/docker.service.d/http-proxy.conf is not in the bundle',
    );
  });

  it('leaves out what the symptom speaks against', () => {
    const found = plan({
      'etc/gitlab-runner/config.toml': CONFIG,
      'job.log':
        'Running with gitlab-runner 17.11.4 (cc77edaf)\nERROR: Job failed: failed to pull image "alpine" with specified policies [always]: Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 198.51.100.24:443: i/o timeout (manager.go:253:30s)\n',
    });
    expect(found.fromPage.map(({ name }) => name)).toEqual(['runner']);
    expect(found.leftOut.map(({ name }) => name)).toEqual(['docker']);
  });

  it('puts cntlm on the machine where a proxy is the machine itself, and its parents behind it', () => {
    const found = plan({
      'etc/cntlm.conf':
        'Username svc\nDomain CORP\nPassword Summer\nProxy 10.0.0.41:8080\nProxy 10.0.0.42:8080\nListen 172.17.0.1:3128\n',
      [DROP_IN]: '[Service]\nEnvironment="HTTP_PROXY=http://172.17.0.1:3128/"\n',
    });
    expect(found.local).toEqual({ kind: 'cntlm', host: '172.17.0.1', port: 3128 });
    expect(found.proxies).toEqual([
      { host: '10.0.0.41', port: 8080 },
      { host: '10.0.0.42', port: 8080 },
    ]);
    expect(found.auth).toMatchObject({ scheme: 'ntlm', user: 'svc', password: 'Summer', domain: 'CORP' });
  });

  it('builds where a file speaks of docker-in-docker', () => {
    const ci =
      'build:\n  image: docker:27\n  services:\n    - docker:27-dind\n  variables:\n    DOCKER_HOST: tcp://docker:2375\n  script:\n    - docker info\n';
    const found = plan({ '.gitlab-ci.yml': ci });
    expect(found.job).toMatchObject({ kind: 'push', image: 'docker:27', services: [{ name: 'docker:27-dind' }] });
    expect(found.job.variables).toEqual({ DOCKER_HOST: 'tcp://docker:2375' });
    expect(found.images).toEqual(expect.arrayContaining(['docker:27', 'docker:27-dind']));
  });

  it('asks for the scheme that is asked for', () => {
    expect(plan({ 'etc/gitlab-runner/config.toml': CONFIG }, { set: { 'proxy.auth': 'ntlm' } }).auth.scheme).toBe(
      'ntlm',
    );
  });
});

describe('proxies that are mentioned', () => {
  it.each([
    [
      'a section that systemd does not know',
      '[service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n',
      'proxy.corp.example',
      3128,
    ],
    [
      'a scheme that is none',
      '[Service]\nEnvironment=HTTP_PROXY=http//proxy.corp.example:3128\n',
      'proxy.corp.example',
      3128,
    ],
    [
      'a letter for a digit',
      '[Service]\nEnvironment=HTTP_PROXY=http://proxy.corp.example:8O80\n',
      'proxy.corp.example',
      8080,
    ],
    [
      'a password with an @',
      '[Service]\nEnvironment=HTTP_PROXY=http://user:p@ss#1@proxy.corp.example:3128/\n',
      'proxy.corp.example',
      3128,
    ],
    [
      'quotation marks of a word processor',
      '[Service]\nEnvironment=“HTTPS_PROXY=http://10.0.0.41:3128”\n',
      '10.0.0.41',
      3128,
    ],
    ['no port', '[Service]\nEnvironment=HTTP_PROXY=http://proxy.corp.example/\n', 'proxy.corp.example', undefined],
  ])('with %s', (_, text, host, port) => {
    expect(mentionsIn(pictureOf({ [DROP_IN]: text }).documents)).toContainEqual(
      expect.objectContaining({ host, port }),
    );
  });
});

describe('credentials', () => {
  it('of a unit, in which a percent sign is written twice', () => {
    const unit = '[Service]\nEnvironment=HTTP_PROXY=http://svc:Winter%%232026@proxy.corp.example:3128\n';
    expect(plan({ [DROP_IN]: unit }).auth).toEqual({ scheme: 'basic', user: 'svc', password: 'Winter#2026' });
  });

  it.each([
    ['http://user:secret@host:1', { user: 'user', password: 'secret' }],
    ['http://user:p%40ss@host:1', { user: 'user', password: 'p@ss' }],
    ['http://user:p@ss#1@host:1', { user: 'user', password: 'p@ss#1' }],
    ['user:100%@host:1', { user: 'user', password: '100%' }],
    ['http://host:1', undefined],
    ['http://user@host:1', undefined],
  ])('of %s', (url, found) => {
    expect(credentialsIn(url)).toEqual(found);
  });

  it('has the variables by which the runner leads jobs to their Docker daemon', () => {
    const config = CONFIG.replace(
      'executor = "docker"',
      'executor = "docker"\n  environment = ["DOCKER_TLS_CERTDIR=/certs", "OTHER=1"]',
    );
    expect(plan({ 'etc/gitlab-runner/config.toml': config }).job.variables).toEqual({ DOCKER_TLS_CERTDIR: '/certs' });
  });
});
