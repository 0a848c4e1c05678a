import { followProgress } from '../../harness/containers/follow-progress.ts';
import { startWorld, type World } from '../../harness/index.ts';
import { bareWorld, REGISTRY } from './docker/bare-world.ts';
import { buildAndPush } from './docker/build-and-push.ts';
import { answerTasks } from './tasks.ts';

let world: World | undefined;
let registry = REGISTRY;
let made = 0;

answerTasks({
  /** A world with an engine whose daemon has a proxy, and a registry behind that. */
  start: async ({ bare }: { bare: boolean }) => {
    await world?.[Symbol.asyncDispose]();
    world = bare ? await bareWorld() : await recordingWorld();
    registry = bare ? REGISTRY : world.registry.address;
  },
  /** Makes an image with a layer of so many random bytes, which no registry has yet. */
  make: async ({ bytes }: { bytes: number }) => {
    const { docker } = started();
    await using container = await docker.run({
      name: `random-${++made}`,
      image: 'base',
      command: ['sh', '-c', `head -c ${bytes} /dev/urandom >/content`],
    });
    const { code } = await container.exited;
    if (code !== 0) throw new Error(`the layer could not be made: exit code ${code}`);
    await docker.docker.getContainer(container.id).commit({ repo: repository(), tag: 'latest' });
  },
  /** Pushes the image that was made last. */
  push: async ({ bytes }: { bytes: number }) => {
    const { docker } = started().docker;
    const began = performance.now();
    await followProgress(docker, await docker.getImage(`${repository()}:latest`).push({ authconfig: {} }));
    return { amount: bytes, seconds: (performance.now() - began) / 1000 };
  },
  /** What a job does, by hand, in seconds. */
  buildAndPush: () => buildAndPush(started(), registry),
  stop: async () => {
    await world?.[Symbol.asyncDispose]();
    world = undefined;
  },
});

function started(): World {
  if (!world) throw new Error('start comes first');
  return world;
}

const repository = (): string => `${registry}/bench/image-${made}`;

const recordingWorld = () =>
  startWorld(
    {
      proxy: { kind: 'basic' },
      registry: { auth: 'none' },
      docker: { environment: (url) => ({ HTTP_PROXY: url, HTTPS_PROXY: url }) },
    },
    { for: 'programs' },
  );
