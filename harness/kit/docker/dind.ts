import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Axis, AxisValues, Stage } from '../../conformance/authoring.ts';
import { DIND_NO_PROXY } from '../../recipes/dind-no-proxy.ts';
import { jobEnvironment } from '../../recipes/index.ts';
import type { Ability, RunnerConfig } from '../../runner/subject.ts';
import type { WorldSpec } from '../../world/spec.ts';
import { isTls, proxyOf } from '../axes.ts';
import { configFor } from '../running/config.ts';
import { jobsEnd } from '../running/jobs-end.ts';
import { whilePolling } from '../running/while.ts';
import { dockerConfig } from './executor.ts';

/** How the job's docker CLI reaches dind: on 2375 as it is, or on 2376 with certificates of dind's own. */
export const dindAxis = { values: ['plain', 'tls'], default: 'plain' } as const satisfies Axis;

/** Where dind puts the certificates that its clients need. */
const CERTIFICATES = '/certs';

/** What a subject must be able to do to run a job with a dind service. */
export const dindAbilities: readonly Ability[] = ['poll', 'docker', 'environment'];

/** The port of the daemon. */
export const dindPort = ({ dind }: AxisValues): number => (dind === 'tls' ? 2376 : 2375);

/** GitLab and a registry with token login, behind a proxy, and a Docker engine for the jobs. */
export const dindWorld = ({ axes }: { readonly axes: AxisValues }): WorldSpec => ({
  docker: {},
  registry: { tls: isTls(axes) },
  proxy: proxyOf(axes),
  gitlab: {},
});

/** A job with dind as its service. */
export interface DindJob {
  readonly script: readonly string[];
  /** The proxy variables of config.toml's `environment`; the page's by default. */
  readonly environment?: readonly string[];
  /** What its daemon is started with besides. */
  readonly daemonArguments?: readonly string[];
  /** The job's variables, where they differ. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** The page's `environment`, with the NO_PROXY of its section on dind or another. */
export const dindEnvironment = (
  { world }: Pick<Stage, 'world'>,
  noProxy: string | undefined = DIND_NO_PROXY,
): string[] => jobEnvironment(world.proxy.url, noProxy);

/**
 * Runs a job with dind beside it, configured as on the page: dind is a service of `.gitlab-ci.yml` with the alias
 * `docker`, the proxy variables come by `environment` of config.toml.
 * @param during waits until there is enough to judge; by default until the job is over
 */
export async function runWithDind(
  stage: Stage,
  job: DindJob,
  during: () => Promise<void> = () => jobsEnd(stage),
): Promise<void> {
  const { world, axes } = stage;
  const { docker, registry } = world;
  const tls = axes['dind'] === 'tls';
  // Without the first, daemons from 20.10 on take a quarter of a minute to warn, or refuse.
  const daemonArguments = [
    ...(tls ? [] : ['--tls=false']),
    ...(registry.caPem === undefined ? [`--insecure-registry=${registry.address}`] : []),
    ...(job.daemonArguments ?? []),
  ];
  world.gitlab.queue({
    image: docker.image('job'),
    services: [{ name: docker.image('dind'), alias: 'docker', command: daemonArguments }],
    variables: {
      DOCKER_HOST: `tcp://docker:${dindPort(axes)}`,
      DOCKER_TLS_CERTDIR: tls ? CERTIFICATES : '',
      ...(tls ? { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: `${CERTIFICATES}/client` } : {}),
      ...job.variables,
    },
    script: [dindListens(dindPort(axes)), ...job.script],
  });
  const config: Partial<RunnerConfig> = {
    environment: job.environment ?? dindEnvironment(stage),
    docker: dockerConfig(stage, {
      privileged: true,
      volumes: [...(tls ? [`${CERTIFICATES}/client`] : []), ...(await registryTrust(stage))],
      // A runner asks for the first port that the image exposes, 2375, which with TLS nobody ever opens.
      ...(tls ? { waitForServicesSeconds: -1 } : {}),
    }),
  };
  await whilePolling(stage, configFor(stage, config), during);
}

/** The daemon of dind takes a second or two; no request is made to find out, for whatever asks would be a witness. */
const dindListens = (port: number): string =>
  `timeout 60 bash -c 'until (exec 3<>/dev/tcp/docker/${port}) 2>/dev/null; do sleep 0.1; done'`;

/** dind's daemon finds the registry's CA where daemons look, by `volumes` of config.toml. */
async function registryTrust({ world }: Stage): Promise<string[]> {
  const { registry, host } = world;
  if (registry.caPem === undefined) return [];
  const dir = join(host.dir, 'certs.d');
  await mkdir(join(dir, registry.address), { recursive: true });
  await writeFile(join(dir, registry.address, 'ca.crt'), registry.caPem);
  // The directory above it: a path with a colon cannot be mounted.
  return [`${dir}:/etc/docker/certs.d:ro`];
}
