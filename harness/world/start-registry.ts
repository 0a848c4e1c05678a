import type { Engine } from '../containers/handle.ts';
import type { OpenRegistry } from '../containers/registry/index.ts';
import type { MockGitlab } from '../gitlab/handle.ts';
import type { RunContext } from './run-context.ts';

/**
 * Starts what stands behind a registry's front, in the world's engine.
 * @throws Error when the world has no engine
 */
export async function startRegistry(
  registry: OpenRegistry,
  world: {
    readonly engine: Engine | undefined;
    readonly gitlab: MockGitlab;
    readonly run: RunContext;
  },
): Promise<void> {
  const { engine, gitlab, run } = world;
  if (!engine) throw new Error('a registry runs in a Docker engine; declare one in the world as well');
  await registry.start({
    engine,
    store: await run.images(),
    ...(gitlab.registryAuth ? { auth: gitlab.registryAuth } : {}),
  });
}
