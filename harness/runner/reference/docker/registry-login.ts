import type { RegistryCredentials } from '../api/job-payload.ts';

/** Who the engine is to be for a registry: `X-Registry-Auth`. */
export interface EngineLogin {
  readonly username: string;
  readonly password: string;
  readonly serveraddress: string;
}

/** Where logins come from, the first that has one for a registry wins. */
export interface LoginSources {
  /** The value of the job's variable `DOCKER_AUTH_CONFIG`. */
  readonly variable: string | undefined;
  /** The content of `.docker/config.json` in the runner's home directory. */
  readonly home: string | undefined;
  readonly job: readonly RegistryCredentials[];
}

/** A login, and where it was found, for the trace. */
export interface FoundLogin {
  readonly login: EngineLogin;
  readonly source: string;
}

/** All logins, by the paths that they are for. */
export type KnownLogins = ReadonlyMap<string, FoundLogin>;

/** All logins that a job has. */
export function knownLogins(sources: LoginSources): KnownLogins {
  const known = new Map<string, FoundLogin>();
  const add = (source: string, login: EngineLogin): void => {
    const path = registryPath(login.serveraddress);
    if (!known.has(path)) known.set(path, { login, source });
  };
  for (const each of configuredLogins(sources.variable)) add('$DOCKER_AUTH_CONFIG', each);
  for (const each of configuredLogins(sources.home)) add('~/.docker/config.json', each);
  for (const { type, url, username, password } of sources.job) {
    if (type !== 'registry') continue;
    add('job payload (GitLab Registry)', { username: username ?? '', password: password ?? '', serveraddress: url });
  }
  return known;
}

/** The login for an image: that of the longest path that the image's name begins with. */
export function loginFor(image: string, known: KnownLogins): FoundLogin | undefined {
  for (let path = repositoryOf(image); path !== ''; path = path.slice(0, Math.max(path.lastIndexOf('/'), 0))) {
    const found = known.get(path);
    if (found) return found;
  }
  return undefined;
}

/** An image's name with its registry and without its tag: `docker.io/library/debian`. */
export function repositoryOf(image: string): string {
  const plain = image.replace(/@.*$/, '').replace(/:[^:/]*$/, '');
  const [first = '', ...rest] = plain.split('/');
  const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = named ? first.toLowerCase().replace(/^index\.docker\.io$/, 'docker.io') : 'docker.io';
  return [host, ...(named ? rest : [first, ...rest])].join('/');
}

const registryPath = (address: string): string =>
  address
    .replace(/^https?:\/\//, '')
    .replace(/\/v[12]\/?$/, '')
    .replace(/\/+$/, '')
    .replace(/^index\.docker\.io/, 'docker.io');

interface AuthEntry {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
}

/** The `auths` of a config.json; one that is no JSON has none. */
function configuredLogins(text: string | undefined): EngineLogin[] {
  if (!text) return [];
  let config: { auths?: Readonly<Record<string, AuthEntry>> };
  try {
    config = JSON.parse(text);
  } catch {
    return [];
  }
  return Object.entries(config.auths ?? {}).map(([serveraddress, entry]) => {
    const [, user, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(entry.auth ?? '', 'base64').toString()) ?? [];
    return { username: entry.username ?? user ?? '', password: entry.password ?? password ?? '', serveraddress };
  });
}
