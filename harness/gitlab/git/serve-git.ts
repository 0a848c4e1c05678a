import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { percentEncode } from '../../url/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { ObjectStorage } from '../object-storage.ts';
import { exchangeOf } from '../recording/index.ts';
import { refuse } from '../replies/index.ts';
import { acceptedCredentials, challenge } from './access.ts';
import type { HttpBackend } from './http-backend.ts';
import { serveLfs } from './lfs.ts';
import { LfsObjects } from './lfs-objects.ts';
import type { Repository } from './repository.ts';

/** What git over HTTP needs. */
export interface GitServices {
  readonly jobs: Jobs;
  readonly backend: HttpBackend;
  /** By path. */
  readonly repositories: ReadonlyMap<string, Repository>;
  /** Base URL of the server, by name. */
  readonly url: string;
  /** A directory for LFS objects that are uploaded. */
  readonly uploads: string;
  /** Where objects of Git LFS are, when not here: their downloads are redirected there. */
  readonly storage?: ObjectStorage;
}

/** Answers a request of git or git-lfs, whose body has not been read yet. Like GitLab it challenges before it looks. */
export async function serveGit(res: ServerResponse, services: GitServices): Promise<void> {
  const exchange = exchangeOf(res);
  const { path = '', service = '' } = partsOf(exchange.path);
  const authorization = acceptedCredentials(res, services.jobs);
  const repository = services.repositories.get(path);
  if (authorization === undefined || !repository) {
    if ((await exchange.readBody(0)) === 'cut') return;
    if (authorization === undefined) challenge(res);
    else refuse(res, 404, `There is no repository ${path}.`);
  } else if (exchange.kind === 'git') {
    await services.backend.serve(res, repository, service);
  } else {
    await serveLfs(res, service, {
      objects: objectsOf(services, repository, path),
      ...(services.storage ? { urlAtStorage: (oid) => services.storage?.urlOf({ repository: path, oid }) } : {}),
      repositoryUrl: `${services.url}/${path}.git`,
      authorization,
    });
  }
}

const objectsOf = ({ uploads }: GitServices, { dir }: Repository, path: string): LfsObjects =>
  new LfsObjects(join(dir, 'lfs'), join(uploads, percentEncode(path)));

/** The file of an object of Git LFS. @param path of its repository */
export async function lfsFile(services: GitServices, path: string, oid: string): Promise<string | undefined> {
  const repository = services.repositories.get(path);
  return repository && (await objectsOf(services, repository, path).find(oid))?.file;
}

/** Splits a path into the repository's, with or without `.git`, and what is asked of it. */
function partsOf(path: string): { path?: string | undefined; service?: string | undefined } {
  const [, repository, service] = /^\/(.+?)(?:\.git)?\/(info\/.+|git-[a-z-]+|gitlab-lfs\/.+)$/.exec(path) ?? [];
  return { path: repository, service };
}
