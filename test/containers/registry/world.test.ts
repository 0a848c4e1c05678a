import type Docker from 'dockerode';
import { expect, it } from 'vitest';
import { startWorld } from '../../../harness/world/index.ts';
import { noDocker } from '../_here.ts';

/** Pulls an image. @throws Error with the daemon's reason */
async function pull(docker: Docker, image: string, authconfig?: object): Promise<void> {
  const stream = await docker.pull(image, authconfig ? { authconfig } : {});
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error ? reject(error) : resolve()));
  });
}

it.skipIf(noDocker)(
  'an engine that begins without images pulls what the registry holds, through the proxy, with a token',
  { timeout: 300_000 },
  async () => {
    const REPOSITORY = 'group/project/base';
    await using world = await startWorld(
      {
        proxy: { kind: 'basic' },
        docker: { images: 'none', environment: (url) => ({ HTTP_PROXY: url, HTTPS_PROXY: url }) },
        registry: { holds: [{ repository: REPOSITORY, image: 'base' }] },
      },
      { for: 'programs' },
    );
    const { docker, gitlab, registry } = world;
    const images = await docker.docker.listImages({ all: true });
    expect(images.flatMap(({ RepoTags }) => RepoTags ?? [])).toEqual([docker.image('registry')]);
    expect(() => docker.image('base')).toThrow('begins without images');
    expect(await registry.tags(REPOSITORY)).toEqual(['latest']);

    const image = `${registry.address}/${REPOSITORY}:latest`;
    await expect(pull(docker.docker, image)).rejects.toThrow(/denied|unauthorized/);
    const { user: username, password } = gitlab.registryLogin ?? {};
    await pull(docker.docker, image, { username, password });
    const { Config } = await docker.docker.getImage(image).inspect();
    expect(Config.Env?.[0]).toMatch(/^PATH=/);

    const { evidence } = world;
    expect(evidence.tripwire()).toEqual([]);
    expect(new Set(evidence.requests('registry').map(({ via }) => via))).toEqual(new Set(['proxy']));
    const layers = evidence
      .requests('registry')
      .filter(({ target, status }) => /\/blobs\//.test(target) && status === 200);
    expect(layers.length).toBeGreaterThan(1);
    expect(layers.every(({ responseBody }) => responseBody?.complete)).toBe(true);
    const asked = evidence.gitlab('registry-token').map(({ status }) => status);
    expect(asked.length).toBeGreaterThan(1);
    expect(evidence.of('flag')).toEqual([]);
    expect(JSON.stringify(world.ledger.events)).not.toContain(password);
  },
);
