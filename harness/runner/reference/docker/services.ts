import type Docker from 'dockerode';
import type { ServiceConfig } from '../../subject.ts';
import type { JobService } from '../api/job-payload.ts';
import { configured, type Variables } from '../job/environment.ts';
import type { DockerPolicy, ServiceOrigin } from '../policies/docker-policy.ts';
import type { JobContainer } from './containers.ts';
import type { Images, LocalImage } from './images.ts';

/** A service as config.toml or `.gitlab-ci.yml` names it. */
export interface ServiceDefinition {
  readonly image: string;
  readonly aliases: readonly string[];
  /** For names and labels: the image without its tag, and the tag. */
  readonly service: string;
  readonly version: string;
  readonly command: readonly string[];
  readonly entrypoint: readonly string[];
  readonly variables: Variables;
  readonly namedIn: ServiceOrigin;
}

/** A service that was started. */
export interface RunningService {
  readonly container: Docker.Container;
  readonly name: string;
  readonly image: LocalImage;
  readonly aliases: readonly string[];
}

/** What a service is called is the name of its image, without registry port and tag, unless it has an alias. */
export function serviceDefinition(
  from: ServiceConfig | JobService,
  namedIn: ServiceOrigin,
  aliases: DockerPolicy['aliases'],
): ServiceDefinition {
  const [, path = from.name, tag] = /^(.*?)(?::([^:/@]*))?(?:@.*)?$/.exec(from.name) ?? [];
  const service = path.replace(/:\d+(?=\/)/, '');
  const names = [service.replaceAll('/', '__'), service.replaceAll('/', '-')];
  return {
    image: from.name,
    aliases: [...new Set(aliases(names, from.alias ? from.alias.split(/[\s,]+/) : []))],
    service,
    version: tag ?? 'latest',
    command: from.command ?? [],
    entrypoint: from.entrypoint ?? [],
    variables: 'environment' in from ? configured(from.environment) : new Map(),
    namedIn,
  };
}

/** What starting services takes. */
export interface ServiceStart {
  readonly images: Images;
  readonly create: (of: JobContainer) => Promise<Docker.Container>;
  readonly environment: (of: ServiceDefinition) => Variables;
  /** What the names of the containers begin with. */
  readonly name: string;
  readonly print: (line: string) => void;
}

/** Starts services, one after the other; a name that is taken is not given twice. */
export async function startServices(
  definitions: readonly ServiceDefinition[],
  { images, create, environment, name: prefix, print }: ServiceStart,
): Promise<RunningService[]> {
  const taken = new Set<string>();
  const running: RunningService[] = [];
  for (const [index, definition] of definitions.entries()) {
    const { service, version, command, entrypoint } = definition;
    const aliases = definition.aliases.filter((alias) => !taken.has(alias));
    if (aliases.length === 0) continue;
    for (const alias of aliases) taken.add(alias);
    print(`Starting service ${service}:${version} ...`);
    const image = await images.get(definition.image);
    const name = `${prefix}-${service.replaceAll('/', '__')}-${index}`;
    const container = await create({
      role: 'service',
      name,
      image,
      env: environment(definition),
      command,
      entrypoint,
      aliases,
      labels: { service, 'service.version': version },
    });
    await container.start();
    running.push({ container, name, image, aliases });
  }
  return running;
}

/** The links by which build and helper containers on the default bridge find the services that still run. */
export async function serviceLinks(services: readonly RunningService[]): Promise<string[]> {
  const links: string[] = [];
  for (const { container, aliases } of services) {
    const { State } = await container.inspect();
    if (State.Running) links.push(...aliases.map((alias) => `${container.id}:${alias}`));
  }
  return links;
}
