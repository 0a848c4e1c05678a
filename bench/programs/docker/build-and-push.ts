import type { World } from '../../../harness/index.ts';
import { LAYER_SIZES, pushAndPull, pushBuildkit } from '../../../harness/kit/push/script.ts';
import { BARE_PROXY } from './bare-world.ts';

const LIMIT_MS = 120_000;

/**
 * Does by hand what the job of docker/push-through-proxy does: a dind, a container with the docker CLI, and the same
 * commands, through the bare proxy to the bare registry.
 * @returns seconds, from nothing running to the last command's end
 */
export async function buildAndPush({ docker }: World, registry: string): Promise<number> {
  const began = performance.now();
  const noProxy = 'docker:2375,docker:2376';
  const proxy = { ...BARE_PROXY, NO_PROXY: noProxy, no_proxy: noProxy };
  await using dind = await docker.run({
    name: 'dind',
    image: 'dind',
    privileged: true,
    command: [`--insecure-registry=${registry}`],
    env: { ...proxy, DOCKER_TLS_CERTDIR: '' },
    log: false,
  });
  await using job = await docker.run({
    name: 'job',
    image: 'job',
    command: ['sleep', 'infinity'],
    extraHosts: [`docker:${dind.address}`],
  });
  await job.ready('dind listens', ['bash', '-c', 'exec 3<>/dev/tcp/docker/2375'], LIMIT_MS);
  const script = ['cd "$(mktemp -d)"', ...pushAndPull(LAYER_SIZES['small'] ?? []), ...pushBuildkit];
  const { code, stdout, stderr } = await job.exec(['bash', '-e', '-c', script.join('\n')], {
    limitMs: LIMIT_MS,
    env: {
      ...proxy,
      DOCKER_HOST: 'tcp://docker:2375',
      CI_REGISTRY: registry,
      CI_REGISTRY_IMAGE: `${registry}/bench/app-${Math.round(began)}`,
      CI_REGISTRY_USER: 'bench',
      CI_REGISTRY_PASSWORD: 'bench',
    },
  });
  if (code !== 0) throw new Error(`The commands by hand ended with exit code ${code}: ${stdout}${stderr}`);
  return (performance.now() - began) / 1000;
}
