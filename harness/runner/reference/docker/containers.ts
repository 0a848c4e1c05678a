import type Docker from 'dockerode';
import type { DockerExecutorConfig } from '../../subject.ts';
import type { Variables } from '../job/environment.ts';
import type { ContainerRole } from '../policies/docker-policy.ts';
import type { JobIdentity } from './identity.ts';
import type { LocalImage } from './images.ts';

/** What the containers of one job have in common. */
export interface ContainerSurroundings {
  readonly docker: Docker;
  readonly config: DockerExecutorConfig;
  readonly identity: JobIdentity;
  readonly binds: readonly string[];
  /** The job's own network; undefined is the default bridge. */
  readonly network: string | undefined;
  /** The labels that one gets of those that it should have, in full. */
  readonly labels: (usual: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
}

/** One of a job's containers. */
export interface JobContainer {
  readonly role: ContainerRole | 'wait';
  readonly name: string;
  readonly image: LocalImage;
  readonly env: Variables;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  /** `container:name` each; on the default bridge only. */
  readonly links?: readonly string[];
  /** Names in the job's own network. */
  readonly aliases?: readonly string[];
  /** Knows the hosts of config.toml's `extra_hosts`, as all but probes do. */
  readonly knowsHosts?: boolean;
  /** Labels of this one, without their prefix. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What `type` says in a label: the real runner's word for a helper is another. */
const TYPES = { build: 'build', helper: 'predefined', service: 'service', wait: 'wait' } as const;

/** Makes a container as the runner does; it is not started. */
export function createContainer(job: ContainerSurroundings, of: JobContainer): Promise<Docker.Container> {
  const { docker, config, identity, network } = job;
  const takesScripts = of.role === 'build' || of.role === 'helper';
  const probe = of.role === 'wait';
  return docker.createContainer({
    name: of.name,
    Image: of.image.id,
    Labels: { ...job.labels(identity.labels({ type: TYPES[of.role], ...of.labels })) },
    Env: [...of.env].map(([key, value]) => `${key}=${value}`),
    ...(of.command && of.command.length > 0 ? { Cmd: [...of.command] } : {}),
    ...(of.entrypoint && of.entrypoint.length > 0 ? { Entrypoint: [...of.entrypoint] } : {}),
    ...(takesScripts
      ? {
          Hostname: identity.project,
          AttachStdin: true,
          AttachStdout: true,
          AttachStderr: true,
          OpenStdin: true,
          StdinOnce: true,
        }
      : {}),
    HostConfig: {
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: {} },
      ...(network === undefined ? {} : { NetworkMode: network }),
      ...(network === undefined && of.links ? { Links: [...of.links] } : {}),
      ...(probe && !of.knowsHosts ? {} : { ExtraHosts: [...(config.extraHosts ?? [])] }),
      ...(probe ? {} : { Privileged: config.privileged ?? false, Binds: [...job.binds] }),
    },
    ...(network === undefined || !of.aliases
      ? {}
      : { NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: [...of.aliases] } } } }),
  });
}

/** The end of what a container wrote, at most so many bytes. */
export async function containerLog(container: Docker.Container, most: number): Promise<string> {
  const log = await container.logs({ stdout: true, stderr: true, timestamps: true });
  return demultiplexed(log).subarray(-most).toString().trim();
}

/** The text of a recorded log: frames with a head of eight bytes, the last four of which are the length. */
function demultiplexed(log: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= log.length; at += 8 + log.readUInt32BE(at + 4)) {
    parts.push(log.subarray(at + 8, at + 8 + log.readUInt32BE(at + 4)));
  }
  return Buffer.concat(parts);
}
