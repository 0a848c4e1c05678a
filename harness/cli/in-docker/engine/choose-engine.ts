import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../../../conformance/errors.ts';
import { splitUrl } from '../../../url/index.ts';
import { readContext, readDockerConfig } from './docker-context.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** An engine that the user has named. */
export interface NamedEngine {
  /** As DOCKER_HOST takes it. */
  readonly host: string;
  /** Directory with ca.pem, cert.pem and key.pem, where the engine speaks TLS. */
  readonly certificates?: string;
  /** What named it, such as `DOCKER_HOST`. */
  readonly how: string;
}

/**
 * Finds the engine that the docker command would use: DOCKER_HOST, then DOCKER_CONTEXT, then the current context of
 * docker's config.json (Docker's documentation, “Docker contexts”).
 * @param home the user's own directory
 * @returns undefined when none is named, and the usual sockets are to be tried
 * @throws EnvironmentError when what names it leads nowhere
 */
export async function chooseEngine(env: Env, home: string): Promise<NamedEngine | undefined> {
  const configDir = env['DOCKER_CONFIG'] || join(home, '.docker');
  const config = await readDockerConfig(configDir);
  if (env['DOCKER_HOST']) {
    const host = complete(env['DOCKER_HOST'], Boolean(env['DOCKER_TLS_VERIFY']));
    const certificates = env['DOCKER_TLS_VERIFY'] ? { certificates: env['DOCKER_CERT_PATH'] || configDir } : {};
    return usable({ host, ...certificates, how: 'DOCKER_HOST' });
  }
  const [name, how] = env['DOCKER_CONTEXT']
    ? [env['DOCKER_CONTEXT'], `the Docker context ${env['DOCKER_CONTEXT']} of DOCKER_CONTEXT`]
    : [config.currentContext, `the current Docker context, ${config.currentContext}`];
  if (!name || name === 'default') return undefined;
  const { host, certificates } = await readContext(configDir, name, how);
  return usable({ host: complete(host, certificates !== undefined), ...(certificates ? { certificates } : {}), how });
}

/** An address in the form that every library takes: with scheme and, for TCP, with port. */
function complete(host: string, tls: boolean): string {
  const address = splitUrl(host).scheme === undefined ? `tcp://${host}` : host;
  if (!address.startsWith('tcp:') || !URL.canParse(address) || new URL(address).port !== '') return address;
  return `${address.replace(/\/+$/, '')}:${tls ? 2376 : 2375}`;
}

function usable(named: NamedEngine): NamedEngine {
  const { host, how, certificates } = named;
  if (/^ssh:/.test(host)) {
    throw new EnvironmentError(
      `The Docker engine ${host} (named by ${how}) is reached by ssh, which --in-docker cannot do. Forward its socket (ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST), and set DOCKER_HOST=unix:///tmp/engine.sock.`,
    );
  }
  if (!/^(unix|tcp|https?):\/\/./.test(host)) {
    throw new EnvironmentError(
      `The Docker engine ${host} (named by ${how}) has an address that --in-docker cannot use: it takes unix:///PATH or tcp://HOST:PORT.`,
    );
  }
  if (certificates && !existsSync(join(certificates, 'ca.pem'))) {
    throw new EnvironmentError(
      `The Docker engine ${host} (named by ${how}) is to be reached by TLS, and there is no ca.pem in ${certificates}. Set DOCKER_CERT_PATH to the directory with ca.pem, cert.pem and key.pem.`,
    );
  }
  return named;
}
