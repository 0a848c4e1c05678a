import type Docker from 'dockerode';
import type { Ledger } from '../../ledger/index.ts';

/** The label of containers that are the harness's own, so that the ledger does not take them for the subject's. */
export const OWN_LABEL = 'proxyproof.peer';

interface EngineEvent {
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

const WHAT: Readonly<Record<string, 'created' | 'started' | 'died'>> = {
  create: 'created',
  start: 'started',
  die: 'died',
};

/**
 * Records what the engine says of its containers, whoever makes them, with what `docker inspect` shows of each.
 * @returns ends the watch
 */
export async function watchContainers(docker: Docker, ledger: Ledger): Promise<Disposable> {
  const stream = await docker.getEvents({ filters: { type: ['container'], event: Object.keys(WHAT) } });
  let rest = '';
  // One after the other, so that the record has them in the engine's order.
  let queue: Promise<void> = Promise.resolve();
  stream.on('error', () => {});
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter(Boolean)) {
      queue = queue.then(() => record(docker, ledger, JSON.parse(line) as EngineEvent)).catch(() => {});
    }
  });
  return {
    [Symbol.dispose]: () => {
      if ('destroy' in stream && typeof stream.destroy === 'function') stream.destroy();
    },
  };
}

async function record(docker: Docker, ledger: Ledger, { Action, Actor }: EngineEvent): Promise<void> {
  const what = WHAT[Action];
  if (!what) return;
  const { name = '', image = '', exitCode } = Actor.Attributes;
  const found = what === 'died' ? undefined : await inspected(docker, Actor.ID);
  const addresses = found && Object.values(found.NetworkSettings.Networks).flatMap(({ IPAddress }) => IPAddress || []);
  ledger.record(OWN_LABEL in Actor.Attributes ? 'harness' : 'subject', {
    kind: 'container',
    what,
    container: Actor.ID.slice(0, 12),
    name,
    image,
    ...(exitCode === undefined ? {} : { code: Number(exitCode) }),
    ...(found && what === 'created' ? { inspect: shown(found) } : {}),
    ...(addresses && what === 'started' ? { addresses } : {}),
  });
}

/** What `docker inspect` shows; undefined when the container is gone already. */
function inspected(docker: Docker, id: string): Promise<Docker.ContainerInspectInfo | undefined> {
  return docker
    .getContainer(id)
    .inspect()
    .catch(() => undefined);
}

/** What of it is of interest. */
function shown({ Config, HostConfig }: Docker.ContainerInspectInfo) {
  return {
    env: Config.Env ?? [],
    command: [...[Config.Entrypoint ?? []].flat(), ...(Config.Cmd ?? [])],
    labels: Config.Labels ?? {},
    privileged: HostConfig.Privileged ?? false,
    network: HostConfig.NetworkMode ?? '',
    extraHosts: HostConfig.ExtraHosts ?? [],
  };
}
