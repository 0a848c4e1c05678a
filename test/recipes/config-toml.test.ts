import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { configToml, DOCKER_CONFIG_PRE_BUILD_SCRIPT } from '../../harness/recipes/index.ts';

const runner = { name: 'r', url: 'http://gitlab.test', token: 't' };
const docker = { host: 'unix:///run/docker.sock', image: 'job:1', helperImage: 'helper:1' };
const write = (more: object): string =>
  configToml({ concurrent: 1, checkInterval: 3, runner: { ...runner, docker, ...more } });
const section = (text: string): unknown => (parse(text) as { runners: unknown[] }).runners[0];

describe('config.toml of the Docker executor', () => {
  it('has the keys that the runner documents', () => {
    const text = write({
      docker: {
        ...docker,
        privileged: true,
        pullPolicy: 'if-not-present',
        extraHosts: ['gitlab.test:192.0.2.10'],
        volumes: ['/certs/client'],
        networkPerBuild: true,
        waitForServicesSeconds: 5,
        services: [
          { name: 'dind:1', alias: 'docker', command: ['--tls=false'], entrypoint: ['dockerd'], environment: ['A=1'] },
        ],
      },
      cache: { serverAddress: 's3.test:80', insecure: true, bucket: 'b', accessKey: 'k', secretKey: 's' },
      environment: ['A=1'],
    });
    expect(section(text)).toEqual({
      name: 'r',
      url: 'http://gitlab.test',
      token: 't',
      executor: 'docker',
      shell: 'bash',
      environment: ['A=1'],
      feature_flags: { FF_NETWORK_PER_BUILD: true },
      docker: {
        host: 'unix:///run/docker.sock',
        image: 'job:1',
        helper_image: 'helper:1',
        privileged: true,
        pull_policy: 'if-not-present',
        extra_hosts: ['gitlab.test:192.0.2.10'],
        volumes: ['/certs/client'],
        wait_for_services_timeout: 5,
        services: [
          { name: 'dind:1', alias: 'docker', command: ['--tls=false'], entrypoint: ['dockerd'], environment: ['A=1'] },
        ],
      },
      cache: {
        Type: 's3',
        Shared: true,
        s3: {
          ServerAddress: 's3.test:80',
          AccessKey: 'k',
          SecretKey: 's',
          BucketName: 'b',
          BucketLocation: 'us-east-1',
          Insecure: true,
        },
      },
    });
    expect(text).toContain('[[runners.docker.services]]');
    expect(text).toContain('[runners.cache.s3]');
  });

  it('leaves out what is not asked for', () => {
    expect(section(write({}))).toMatchObject({
      docker: { host: 'unix:///run/docker.sock', image: 'job:1', helper_image: 'helper:1', privileged: false },
    });
    expect(write({})).not.toMatch(/cache|feature_flags|services|builds_dir|pull_policy/);
  });

  it("escapes the page's pre_build_script to the page's own line", () => {
    const line =
      'pre_build_script = "mkdir -p $HOME/.docker/ && echo \\"{ \\\\\\"proxies\\\\\\": { \\\\\\"default\\\\\\": { \\\\\\"httpProxy\\\\\\": \\\\\\"$HTTP_PROXY\\\\\\", \\\\\\"httpsProxy\\\\\\": \\\\\\"$HTTPS_PROXY\\\\\\", \\\\\\"noProxy\\\\\\": \\\\\\"$NO_PROXY\\\\\\" } } }\\" > $HOME/.docker/config.json"';
    expect(write({ preBuildScript: DOCKER_CONFIG_PRE_BUILD_SCRIPT }).split('\n')).toContain(line);
  });
});
