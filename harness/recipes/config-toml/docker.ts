import type { TomlTable } from 'smol-toml';

/** `[[runners.docker.services]]`: a service that every job gets. */
export interface ServiceSection {
  readonly name: string;
  readonly alias?: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  /** Its own variables, as `NAME=value`; known to gitlab-runner from 15.10 on. */
  readonly environment?: readonly string[];
}

/** `[runners.docker]`, and the feature flag for networks, which stands in `[runners.feature_flags]`. */
export interface DockerSection {
  readonly host: string;
  readonly image: string;
  readonly helperImage: string;
  readonly privileged?: boolean;
  readonly pullPolicy?: 'always' | 'if-not-present' | 'never';
  readonly services?: readonly ServiceSection[];
  readonly extraHosts?: readonly string[];
  readonly volumes?: readonly string[];
  /** `[runners.feature_flags]` is known from 13.11 on, so to every version that is driven. */
  readonly networkPerBuild?: boolean;
  /** Seconds; negative for no wait at all. */
  readonly waitForServicesSeconds?: number;
}

/** The table, with the keys that gitlab-runner documents for the Docker executor. */
export function dockerTable(docker: DockerSection): TomlTable {
  return {
    host: docker.host,
    image: docker.image,
    helper_image: docker.helperImage,
    privileged: docker.privileged ?? false,
    ...(docker.pullPolicy ? { pull_policy: docker.pullPolicy } : {}),
    ...(docker.extraHosts ? { extra_hosts: [...docker.extraHosts] } : {}),
    ...(docker.volumes ? { volumes: [...docker.volumes] } : {}),
    ...(docker.waitForServicesSeconds === undefined
      ? {}
      : { wait_for_services_timeout: docker.waitForServicesSeconds }),
    ...(docker.services && docker.services.length > 0 ? { services: docker.services.map(serviceTable) } : {}),
  };
}

const serviceTable = (service: ServiceSection): TomlTable => ({
  name: service.name,
  ...(service.alias === undefined ? {} : { alias: service.alias }),
  ...(service.command ? { command: [...service.command] } : {}),
  ...(service.entrypoint ? { entrypoint: [...service.entrypoint] } : {}),
  ...(service.environment ? { environment: [...service.environment] } : {}),
});
