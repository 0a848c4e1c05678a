import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { configToml, GET_SOURCES_HOOK } from '../../../../harness/recipes/index.ts';
import { readRunnerConfig } from '../../../../harness/runner/reference/program/runner-config.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function read(text: string, profile: '14.10' | '18.3' = '14.10') {
  const file = join(dir, 'config.toml');
  await writeFile(file, text);
  return readRunnerConfig(file, profile, { HTTP_PROXY: 'http://172.17.0.1:3128/' });
}

it('reads back what the recipe of config.toml writes', async () => {
  const caFile = join(dir, 'ca.pem');
  const text = configToml({
    concurrent: 2,
    checkInterval: 1,
    runner: {
      name: 'host',
      url: 'http://gitlab.test',
      token: 'glrt-1',
      environment: ['HTTP_PROXY=172.17.0.1:3128'],
      getSourcesHook: { name: 'pre_clone_script', script: GET_SOURCES_HOOK },
      preBuildScript: 'true',
      tlsCaFile: caFile,
      clientCertificate: { certFile: '/runner.crt', keyFile: '/runner.key' },
      docker: {
        host: 'unix:///var/run/docker.sock',
        image: 'job',
        helperImage: 'helper',
        privileged: true,
        pullPolicy: 'if-not-present',
        services: [{ name: 'docker:dind', alias: 'docker', command: ['--tls=false'] }],
        extraHosts: ['gitlab.test:192.0.2.10'],
        volumes: ['/certs'],
        networkPerBuild: true,
        waitForServicesSeconds: 5,
      },
    },
  });
  expect(await read(text)).toEqual({
    url: 'http://gitlab.test',
    token: 'glrt-1',
    env: { HTTP_PROXY: 'http://172.17.0.1:3128/' },
    concurrent: 2,
    checkInterval: 1,
    environment: ['HTTP_PROXY=172.17.0.1:3128'],
    getSourcesHook: GET_SOURCES_HOOK,
    preBuildScript: 'true',
    caFile,
    clientCertificate: { certFile: '/runner.crt', keyFile: '/runner.key' },
    certsDir: join(dir, 'certs'),
    docker: {
      host: 'unix:///var/run/docker.sock',
      image: 'job',
      helperImage: 'helper',
      privileged: true,
      pullPolicy: 'if-not-present',
      services: [{ name: 'docker:dind', alias: 'docker', command: ['--tls=false'] }],
      extraHosts: ['gitlab.test:192.0.2.10'],
      volumes: ['/certs'],
      networkPerBuild: true,
      waitForServicesSeconds: 5,
    },
  });
});

const HOOKS = `[[runners]]
url = "http://gitlab.test"
token = "t"
executor = "shell"
pre_clone_script = "old"
pre_get_sources_script = "new"
`;

it('knows the hook by the name that the version has for it', async () => {
  expect((await read(HOOKS, '14.10'))?.getSourcesHook).toBe('old');
  expect((await read(HOOKS, '18.3'))?.getSourcesHook).toBe('new');
});

it('says that there is no runner yet', async () => {
  expect(await read('concurrent = 1\ncheck_interval = 0\n')).toBeUndefined();
});

it('refuses what gitlab-runner would refuse', async () => {
  await expect(read('concurrent = "many"')).rejects.toThrow('concurrent');
  await expect(read('[[runners]\n')).rejects.toThrow('Invalid TOML');
});
