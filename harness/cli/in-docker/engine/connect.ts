import Docker from 'dockerode';
import { getContainerRuntimeClient } from 'testcontainers';
import { machineClock } from '../../../clock/index.ts';
import { EnvironmentError } from '../../../conformance/errors.ts';
import type { NamedEngine } from './choose-engine.ts';
import type { UserEngine } from './engine.ts';
import { engineInfo, isRootless, needsOn, unfit } from './judge-info.ts';
import { whySilent } from './usual-sockets.ts';

/** How long an engine may take to say what it is, in real milliseconds; 20 are usual. */
const ANSWER_LIMIT_MS = 20_000;

const WAYS_OUT = 'Start it, name another with DOCKER_HOST, or run proxyproof as root on Linux.';

/**
 * Connects to the user's engine.
 * @param usual the sockets that are tried when none was named
 * @param limitMs in real milliseconds
 * @throws EnvironmentError when it does not answer, or cannot carry the harness
 */
export async function connectEngine(
  named: NamedEngine | undefined,
  usual: readonly string[],
  limitMs: number = ANSWER_LIMIT_MS,
): Promise<UserEngine> {
  // Where a port of ours would be reached is nothing we need, and testcontainers would pull an image to find it out.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] ??= 'localhost';
  if (named) tellLibraries(named);
  const late = (): Error => new Error(`no answer within ${limitMs / 1000} s`);
  if (named) {
    await machineClock.within(limitMs, late, new Docker().info()).catch((error: Error) => {
      throw new EnvironmentError(
        `The Docker engine at ${named.host} (named by ${named.how}) does not answer: ${error.message}. ${WAYS_OUT}`,
        { cause: error },
      );
    });
  }
  const client = await machineClock.within(limitMs, late, getContainerRuntimeClient()).catch(async (error: Error) => {
    throw new EnvironmentError(
      `No Docker engine answers: neither DOCKER_HOST nor a Docker context names one, and the usual sockets lead to none: ${await whySilent(usual)}. ${WAYS_OUT}`,
      { cause: error },
    );
  });
  const docker = client.container.dockerode;
  const info = engineInfo.parse(await docker.info());
  const address = addressOf(docker);
  const problem = unfit(info);
  if (problem) throw new EnvironmentError(`The Docker engine at ${address} cannot carry the harness: ${problem}`);
  const networks = (await docker.listNetworks()).map(({ Name }) => Name);
  const kind = isRootless(info) ? 'rootless Docker engine' : 'Docker engine';
  return {
    docker,
    description: `the ${kind} ${info.ServerVersion} at ${address} (${foundBy(named, usual, address)})`,
    needs: needsOn(info, networks),
  };
}

/** Both libraries read the environment and nothing else; testcontainers knows no contexts. */
function tellLibraries({ host, certificates }: NamedEngine): void {
  process.env['DOCKER_HOST'] = host;
  if (certificates === undefined) {
    delete process.env['DOCKER_TLS_VERIFY'];
    delete process.env['DOCKER_CERT_PATH'];
  } else {
    process.env['DOCKER_TLS_VERIFY'] = '1';
    process.env['DOCKER_CERT_PATH'] = certificates;
  }
}

function addressOf(docker: Docker): string {
  const { socketPath, host, port } = docker.modem as { socketPath?: string; host?: string; port?: number | string };
  return host === undefined ? `unix://${socketPath}` : `tcp://${host}:${port}`;
}

/** testcontainers has settings of its own, which it may put before all others. */
function foundBy(named: NamedEngine | undefined, usual: readonly string[], address: string): string {
  if (named?.host.endsWith(address.replace(/^\w+:/, ''))) return `named by ${named.how}`;
  return usual.some((each) => address === `unix://${each}`) ? 'a usual place' : 'named by ~/.testcontainers.properties';
}
