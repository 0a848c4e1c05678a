import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { connectEngine } from '../../../harness/cli/in-docker/engine/connect.ts';
import { launched, QUICK, scratch } from '../_tool.ts';
import { engineThatSays, infoOf } from './_api.ts';

afterEach(() => vi.unstubAllEnvs());

/** Runs a case in an engine. */
async function runIn(DOCKER_HOST: string) {
  await using place = await scratch();
  return await launched(['run', QUICK, '--in-docker'], { cwd: place.dir, env: { DOCKER_HOST, HOME: place.dir } });
}

test('an engine that is not there is named, with what named it', async () => {
  await using place = await scratch();
  const host = `unix://${join(place.dir, 'docker.sock')}`;
  const { code, err } = await runIn(host);
  expect(err).toContain(`The Docker engine at ${host} (named by DOCKER_HOST) does not answer: connect ENOENT`);
  expect(err).toContain('Start it, name another with DOCKER_HOST, or run proxyproof as root on Linux.');
  expect(code).toBe(3);
});

test('an engine that never answers is given up', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv('DOCKER_HOST', host);
  await expect(connectEngine({ host, how: 'a test' }, [], 100)).rejects.toThrow(
    /does not answer: no answer within 0\.1 s/,
  );
  server.close();
});

test('an engine that forbids what the harness needs is named, with its own words', async () => {
  await using engine = await engineThatSays({
    'GET /images/': [200, { Id: 'sha256:1' }],
    'POST /containers/create': [403, { message: 'privileged containers are not for you' }],
  });
  const { code, err } = await runIn(engine.host);
  expect(err).toContain(`running in the Docker engine 27.3.1 at ${engine.host} (named by DOCKER_HOST)`);
  expect(err).toMatch(
    /The Docker engine 27\.3\.1 at tcp:\S+ \(named by DOCKER_HOST\) does not start a privileged container from proxyproof\/in-docker:\w+: .*privileged containers are not for you\. It has to be one/,
  );
  expect(code).toBe(3);
});

test('a rootless engine without what it takes is named as such', async () => {
  const info = infoOf({ SecurityOptions: ['name=rootless'], CgroupVersion: '1' });
  await using engine = await engineThatSays({ 'GET /info': info });
  const { code, err } = await runIn(engine.host);
  expect(err).toMatch(
    /The Docker engine at \S+ cannot carry the harness: it is rootless with control groups of version 1/,
  );
  expect(code).toBe(3);
});

test('a runner that is not there is found out before anything is installed anywhere', async () => {
  await using place = await scratch();
  const { code, err } = await launched(['run', QUICK, '--in-docker', '--runner', './none'], { cwd: place.dir });
  expect(err).toContain(`There is no file ${join(place.dir, 'none')}`);
  expect(code).toBe(3);
});
