import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseEngine } from '../../../harness/cli/in-docker/engine/choose-engine.ts';
import { put, scratch } from '../_tool.ts';

/** Writes a context as the docker command does. */
async function context(home: string, name: string, host: string, tls = false): Promise<void> {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = join(home, '.docker', 'contexts');
  const meta = { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } };
  await put(join(contexts, 'meta', id, 'meta.json'), JSON.stringify(meta));
  if (tls) await put(join(contexts, 'tls', id, 'docker', 'ca.pem'), 'PEM');
}

const config = (home: string, content: string) => put(join(home, '.docker', 'config.json'), content);

test.each([
  ['unix:///run/user/1000/docker.sock', 'unix:///run/user/1000/docker.sock'],
  ['tcp://docker:2375', 'tcp://docker:2375'],
  ['tcp://docker', 'tcp://docker:2375'],
  ['tcp://docker/', 'tcp://docker:2375'],
  ['docker:2375', 'tcp://docker:2375'],
  ['tcp://10.0.0.7', 'tcp://10.0.0.7:2375'],
])('DOCKER_HOST=%s is %s', async (DOCKER_HOST, host) => {
  await using home = await scratch();
  expect(await chooseEngine({ DOCKER_HOST }, home.dir)).toEqual({ host, how: 'DOCKER_HOST' });
});

test('TLS by DOCKER_TLS_VERIFY has its certificates where DOCKER_CERT_PATH says, or beside the configuration', async () => {
  await using home = await scratch();
  await put(join(home.dir, 'certs', 'ca.pem'), 'PEM');
  await put(join(home.dir, '.docker', 'ca.pem'), 'PEM');
  const env = { DOCKER_HOST: 'tcp://docker', DOCKER_TLS_VERIFY: '1' };
  const DOCKER_CERT_PATH = join(home.dir, 'certs');
  expect(await chooseEngine({ ...env, DOCKER_CERT_PATH }, home.dir)).toMatchObject({
    host: 'tcp://docker:2376',
    certificates: DOCKER_CERT_PATH,
  });
  expect(await chooseEngine(env, home.dir)).toMatchObject({ certificates: join(home.dir, '.docker') });
  await expect(chooseEngine({ ...env, DOCKER_CERT_PATH: '/nowhere' }, home.dir)).rejects.toThrow(
    /no ca\.pem in \/nowhere\. Set DOCKER_CERT_PATH/,
  );
});

test('the current context is used, DOCKER_CONTEXT goes before it, and DOCKER_HOST before both', async () => {
  await using home = await scratch();
  await config(home.dir, '{ "currentContext": "colima", "auths": {} }');
  await context(home.dir, 'colima', 'unix:///Users/me/.colima/default/docker.sock');
  await context(home.dir, 'build farm', 'tcp://farm.example', true);
  expect(await chooseEngine({}, home.dir)).toEqual({
    host: 'unix:///Users/me/.colima/default/docker.sock',
    how: 'the current Docker context, colima',
  });
  expect(await chooseEngine({ DOCKER_CONTEXT: 'build farm' }, home.dir)).toEqual({
    host: 'tcp://farm.example:2376',
    certificates: expect.stringMatching(/contexts\/tls\/[0-9a-f]{64}\/docker$/),
    how: 'the Docker context build farm of DOCKER_CONTEXT',
  });
  const env = { DOCKER_CONTEXT: 'build farm', DOCKER_HOST: 'tcp://here:1' };
  expect(await chooseEngine(env, home.dir)).toEqual({ host: 'tcp://here:1', how: 'DOCKER_HOST' });
});

test.each([
  ['no configuration', undefined, {}],
  ['a configuration without a context', '{ "auths": {} }', {}],
  ['the default context', '{ "currentContext": "default" }', {}],
  ['the default context by name', '{ "currentContext": "colima" }', { DOCKER_CONTEXT: 'default' }],
])('%s names no engine', async (_, content, env) => {
  await using home = await scratch();
  if (content) await config(home.dir, content);
  expect(await chooseEngine(env, home.dir)).toBeUndefined();
});

test('DOCKER_CONFIG says where the configuration is', async () => {
  await using home = await scratch();
  await config(home.dir, '{ "currentContext": "podman" }');
  await context(home.dir, 'podman', 'unix:///run/podman.sock');
  const env = { DOCKER_CONFIG: join(home.dir, '.docker') };
  expect(await chooseEngine(env, '/nowhere')).toMatchObject({ host: 'unix:///run/podman.sock' });
});

test('what leads nowhere is an error that says what to do', async () => {
  await using home = await scratch();
  const { dir } = home;
  await expect(chooseEngine({ DOCKER_CONTEXT: 'gone' }, dir)).rejects.toThrow(
    /^There is no Docker context gone of DOCKER_CONTEXT: .*meta\.json is missing\. docker context ls/,
  );
  await expect(chooseEngine({ DOCKER_HOST: 'ssh://me@farm' }, dir)).rejects.toThrow(/reached by ssh.*ssh -nNT -L/);
  await expect(chooseEngine({ DOCKER_HOST: 'npipe:////./pipe/docker' }, dir)).rejects.toThrow(/unix:\/\/\/PATH/);
  await config(dir, '{ "currentContext": ');
  await expect(chooseEngine({ DOCKER_HOST: 'tcp://docker' }, dir)).rejects.toThrow(/config\.json: .*Mend it/);
  await config(dir, '{ "currentContext": 3 }');
  await expect(chooseEngine({}, dir)).rejects.toThrow(/cannot be read from .*currentContext/s);
});
