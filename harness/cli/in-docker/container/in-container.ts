import type Docker from 'dockerode';
import { machineClock } from '../../../clock/index.ts';
import { EnvironmentError } from '../../../conformance/errors.ts';
import { usesLoopbackProxy } from '../carried/environment.ts';
import { type Carried, tarOf } from '../carried/tar-of.ts';
import type { Session } from '../session.ts';
import { HarnessContainer } from './harness-container.ts';
import { removeContainersOf } from './strays.ts';

/** How long a container that nobody wants any more may still take to start, in real milliseconds. */
const START_LIMIT_MS = 5000;

/** Which container. */
export interface ContainerOrder {
  readonly image: string;
  /** What it has from the start. */
  readonly files: readonly Carried[];
  /** Whether a run happens in it, which takes all privileges and what is cached. */
  readonly forRun: boolean;
}

/**
 * Does something in a container of its own, which is gone afterwards.
 * @throws EnvironmentError when the engine does not start it
 * @throws Interrupted when a signal comes
 */
export async function inContainer<T>(
  session: Session,
  order: ContainerOrder,
  work: (container: Docker.Container, name: string) => Promise<T>,
): Promise<T> {
  const { engine, run, stop } = session;
  const tar = await tarOf(order.files);
  const name = `proxyproof-${run}`;
  const machineNetwork = usesLoopbackProxy(session.env);
  const starting = new HarnessContainer(engine, { ...order, name, run, files: tar.stream, machineNetwork }).start();
  try {
    const started = await stop.race(Promise.race([starting, tar.broken])).catch((error: Error) => {
      throw TOLD.has(error.name) ? error : refused(session, order, error);
    });
    return await stop.race(work(engine.docker.getContainer(started.getId()), name));
  } finally {
    // What is still being made when a signal comes would come into being after it was looked for.
    await machineClock.within(START_LIMIT_MS, 'the start of the container', starting).catch(() => {});
    await removeContainersOf(engine.docker, run);
  }
}

/** Errors that say all there is to say, by name. */
const TOLD: ReadonlySet<string> = new Set(['Interrupted', 'EnvironmentError']);

function refused({ engine }: Session, { image, forRun }: ContainerOrder, error: Error): EnvironmentError {
  const kind = forRun ? 'a privileged container' : 'a container';
  const why = error.message.trim().replace(/\.$/, '');
  const what = forRun
    ? 'It has to be one that may make network namespaces and run a Docker engine of its own: name another engine with DOCKER_HOST, or run proxyproof as root on Linux.'
    : `The image must be Debian or Ubuntu with Node.js 20 or newer, and npm; look into the engine's own log, or name another image with --in-docker=IMAGE.`;
  return new EnvironmentError(`${capital(engine.description)} does not start ${kind} from ${image}: ${why}. ${what}`, {
    cause: error,
  });
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
