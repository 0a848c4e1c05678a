import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startWorld, type World } from '../../../harness/index.ts';

/** Any address does: in a world all are local. */
const PROXY = 'http://192.0.2.3:3128';
/** A registry without the harness in front of it. */
export const REGISTRY = 'registry.test:5000';

const PROGRAM = fileURLToPath(new URL('./bare-proxy.ts', import.meta.url));

const REGISTRY_CONFIGURATION = `version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: /var/lib/registry}}
http: {addr: ':5000'}
`;

/** A world in which nothing is recorded: proxy-chain as it is, and the registry itself. */
export async function bareWorld(): Promise<World> {
  const world = await startWorld(
    {
      proxy: { kind: 'basic' },
      docker: {
        environment: () => ({ HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY }),
        insecureRegistries: [REGISTRY],
      },
    },
    { for: 'programs' },
  );
  try {
    const proxy = await world.host.spawn(process.execPath, [PROGRAM], { log: false });
    await once(proxy.stdout, 'data');
    const registry = await world.docker.run({
      name: 'registry',
      image: 'registry',
      network: 'host',
      files: { '/etc/docker/registry/config.yml': REGISTRY_CONFIGURATION },
    });
    await registry.ready('the registry answers', ['curl', '-sf', 'http://127.0.0.1:5000/v2/'], 10_000);
    return world;
  } catch (error) {
    await world[Symbol.asyncDispose]();
    throw error;
  }
}

/** The variables that send a program through the bare proxy. */
export const BARE_PROXY = { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY, http_proxy: PROXY, https_proxy: PROXY } as const;
