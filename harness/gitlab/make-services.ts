import { join } from 'node:path';
import { jobReplies, RunnerTokens, type Services } from './api/index.ts';
import { Artifacts } from './artifacts/index.ts';
import { CacheStorage } from './cache/index.ts';
import { jobRepositories, RepositoryStore } from './git/index.ts';
import type { GitlabServer } from './gitlab-server.ts';
import { Jobs } from './jobs/index.ts';
import { newToken } from './new-token.ts';
import { ObjectStorage } from './object-storage.ts';
import type { MockGitlabOptions } from './options.ts';
import { RegistryTokens } from './registry/index.ts';

/**
 * Makes what the endpoints of a mock GitLab work with: its repositories, its tokens, and an empty queue of jobs.
 * @param dir where it keeps what is uploaded
 * @throws Error when a declared repository cannot be made
 */
export async function makeServices(
  options: MockGitlabOptions,
  { host, url, storage, storageUrl }: GitlabServer,
  dir: string,
): Promise<Services> {
  const { spec, clock, ledger, registry } = options;
  const { secrets } = ledger;
  const store = options.repositories ?? new RepositoryStore(join(dir, 'repositories'));
  const repositories = await jobRepositories(spec, url, store);
  const runners = new RunnerTokens(secrets);
  const artifacts = new Artifacts(join(dir, 'artifacts'), secrets);
  const tokens = {
    registration: newToken(secrets, 'registration-token', 'GR1348941'),
    personal: newToken(secrets, 'personal-token', 'glpat-'),
    runner: runners.register().token,
  };
  const replies = jobReplies({
    url,
    host,
    repositories,
    artifacts,
    lastUpdate: () => jobs.lastUpdate,
    ...(registry ? { registry: registry.address } : {}),
  });
  const jobs = new Jobs({ clock, ledger, holdMs: spec.longPollMs ?? 0, replies });
  return {
    spec,
    tokens,
    runners,
    jobs,
    artifacts,
    storage,
    objectStorage: new ObjectStorage(storageUrl, secrets),
    repositories,
    ...(registry
      ? {
          registryTokens: new RegistryTokens({
            signer: registry.signer,
            url,
            secrets,
            clock,
            ...(spec.registryTokens ? { tooKind: spec.registryTokens } : {}),
          }),
        }
      : {}),
    ...(spec.cache
      ? {
          cache: new CacheStorage({
            dir: join(dir, 'cache'),
            bucket: spec.cache.bucket,
            serverAddress: storage,
            insecure: storageUrl.startsWith('http:'),
            secrets,
          }),
        }
      : {}),
  };
}
