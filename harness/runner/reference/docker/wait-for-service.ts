import type { Clock } from '../../../clock/index.ts';
import { type ContainerSurroundings, containerLog, createContainer } from './containers.ts';
import { daemonMessage } from './daemon-error.ts';
import type { LocalImage } from './images.ts';
import type { RunningService } from './services.ts';

/** How much of a container's log a warning shows, in bytes. */
const LOG_BYTES = 64 * 1024;

/** Dials until somebody answers: a bare connection, which no proxy has a part in. */
const DIAL = `until (exec 3<>"/dev/tcp/$WAIT_FOR_SERVICE_TCP_ADDR/$WAIT_FOR_SERVICE_TCP_PORT") 2>/dev/null; do
  sleep 0.2
done`;

/** Whatever a proxy answers in the service's place will do. */
const ASK_PROXY = `until curl -s -o /dev/null --proxy "$http_proxy" "http://$WAIT_FOR_SERVICE_TCP_ADDR:$WAIT_FOR_SERVICE_TCP_PORT/"; do
  sleep 0.2
done`;

/** How a service's readiness is found out. */
export interface ServiceProbe {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly helper: LocalImage;
  readonly limitSeconds: number;
  /** The proxy that it is asked through; by a connection of the probe's own without one. */
  readonly proxy: string | undefined;
  readonly print: (line: string) => void;
}

/**
 * Waits, in a container of its own beside the service, until the service's first exposed port is open. One that never
 * opens it costs the job a warning with its log, and no more.
 */
export async function waitForService(
  job: ContainerSurroundings,
  service: RunningService,
  probe: ServiceProbe,
): Promise<void> {
  const trouble = await troubleWith(job, service, probe);
  if (trouble === undefined) return;
  const log = await containerLog(service.container, LOG_BYTES).catch(daemonMessage);
  for (const line of [
    '',
    `*** WARNING: Service ${service.name} probably didn't start properly.`,
    '',
    'Health check error:',
    trouble,
    '',
    'Service container logs:',
    log,
    '',
    '*********',
    '',
  ]) {
    probe.print(line);
  }
}

/** @returns what is wrong; undefined when it is up */
async function troubleWith(
  job: ContainerSurroundings,
  { container: service, name, image }: RunningService,
  { clock, signal, helper, limitSeconds, proxy }: ServiceProbe,
): Promise<string | undefined> {
  const [port] = image.ports;
  if (port === undefined) return `service "${name}" has no exposed ports`;
  const { NetworkSettings } = await service.inspect();
  const address = NetworkSettings.Networks[job.network ?? 'bridge']?.IPAddress;
  if (!address) return `service "${name}" has ended`;
  const container = await createContainer(job, {
    role: 'wait',
    name: `${name}-wait-for-service`,
    image: helper,
    env: new Map([
      ['WAIT_FOR_SERVICE_TCP_ADDR', address],
      ['WAIT_FOR_SERVICE_TCP_PORT', String(port)],
      ...(proxy === undefined ? [] : ([['http_proxy', proxy]] as const)),
    ]),
    command: ['bash', '-c', proxy === undefined ? DIAL : ASK_PROXY],
    knowsHosts: proxy !== undefined,
    labels: { wait: service.id },
  });
  try {
    await container.start();
    const ended = container
      .wait()
      .then(({ StatusCode }: { StatusCode: number }) =>
        StatusCode === 0 ? undefined : `service "${name}" health check: exit code ${StatusCode}`,
      );
    return await clock.within(limitSeconds * 1000, () => new Late(), ended, { signal });
  } catch (error) {
    if (error instanceof Late) return `service "${name}-wait-for-service" timeout`;
    throw error;
  } finally {
    await container.remove({ force: true, v: true }).catch(() => {});
  }
}

class Late extends Error {}
