import { afterEach, expect, it, vi } from 'vitest';
import { standInEngine } from '../cli/in-docker/_engine.ts';
import { noDocker } from './_here.ts';

afterEach(() => vi.unstubAllEnvs());

it.skipIf(noDocker)('a daemon of ours is asked itself, whichever engine DOCKER_HOST names', async () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:9');
  vi.stubEnv('DOCKER_TLS_VERIFY', '1');
  await using engine = await standInEngine();
  expect(await engine.docker.ping()).toBeTruthy();
  expect(engine.docker.modem).toMatchObject({ socketPath: engine.host.replace('unix://', ''), protocol: 'http' });
});
