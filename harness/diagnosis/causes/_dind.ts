import { splitUrl } from '../../url/index.ts';
import type { Assigned, Place } from '../documents/document.ts';
import type { JobSeen, ServiceSeen } from './_jobs.ts';
import { isLoopbackHost } from './_loopback.ts';

/** docker-in-docker of a job. */
export interface Dind {
  readonly service: ServiceSeen;
  /** By which the docker CLI knows it: DOCKER_HOST's host, or the name that the service has. */
  readonly host: string;
  readonly port: number;
  /** Where DOCKER_HOST is set. */
  readonly hostPlace: (Place & { readonly value: string }) | undefined;
  /** Whether its own variables and those of the job have a proxy. */
  readonly proxied: boolean;
}

const PROXY = /^(?:https?|all)_proxy$/i;

/** A job's dind service; undefined where it has none, or where its CLI does not use the network to reach it. */
export function dindOf(job: JobSeen): Dind | undefined {
  const given = dockerHost(job);
  const url = given && splitUrl(given.value);
  if (url?.scheme === 'unix' || url?.scheme === 'npipe' || url?.scheme === 'ssh') return undefined;
  const service = job.services.find(
    (each) =>
      /(?:^|[/:-])dind\b/.test(each.name) ||
      (url !== undefined && /docker/.test(each.name) && namesOf(each).includes(url.host)),
  );
  if (!service) return undefined;
  const host = url?.host || (namesOf(service)[0] ?? 'docker');
  if (isLoopbackHost(host) || host.includes('$')) return undefined;
  const { variables } = job;
  const port = Number(url?.port ?? 0) || (variables.get('DOCKER_TLS_CERTDIR')?.value === '' ? 2375 : 2376);
  return { service, host: host.toLowerCase(), port, hostPlace: given, proxied: isProxied(job, service) };
}

const isProxied = ({ variables }: JobSeen, { environment, command }: ServiceSeen): boolean =>
  [...variables.values(), ...environment].some(({ name, value }) => PROXY.test(name) && value !== '') ||
  command.some((each) => /--https?-proxy/.test(each));

/** DOCKER_HOST, from the job's variables or its script. */
function dockerHost({ variables, script }: JobSeen): Assigned | undefined {
  for (const { text, file, line } of script) {
    const value = /(?:^|[\s;&])(?:export\s+)?DOCKER_HOST=["']?([^\s"';&]+)/.exec(text)?.[1];
    if (value !== undefined) return { file, line, name: 'DOCKER_HOST', value };
  }
  const set = variables.get('DOCKER_HOST');
  return set?.value ? set : undefined;
}

/** The names by which a job reaches a service: its aliases, and what its image's name makes (“Accessing the services”). */
export function namesOf({
  name,
  alias,
}: {
  readonly name: string;
  readonly alias: string | undefined;
}): readonly string[] {
  const aliases = (alias ?? '').split(/[\s,]+/).filter((each) => each !== '');
  const image = name
    .replace(/@.*$/, '')
    .replace(/:[^:/]*$/, '')
    .toLowerCase();
  const [registry = '', ...rest] = image.split('/');
  const path = rest.length > 0 && /[.:]|^localhost$/.test(registry) ? rest.join('/') : image;
  const short = image.replace(/:\d+(?=\/)/, '');
  return [
    ...new Set([
      ...aliases,
      short.replaceAll('/', '-'),
      short.replaceAll('/', '__'),
      path.replaceAll('/', '-'),
      path.replaceAll('/', '__'),
    ]),
  ].map((each) => each.toLowerCase());
}
