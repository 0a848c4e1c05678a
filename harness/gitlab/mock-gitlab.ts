import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import { Connections, type Ledger, listen, makeServer, type RequestKind } from '../ledger/index.ts';
import type { CertificateAuthority, IssuedCertificate } from '../tls/index.ts';
import { jobReplies, RunnerTokens, type Services } from './api/index.ts';
import { application } from './application.ts';
import { Artifacts } from './artifacts/index.ts';
import { CacheStorage } from './cache/index.ts';
import { HttpBackend, jobRepositories, RepositoryStore } from './git/index.ts';
import type { MockGitlab } from './handle.ts';
import { type Job, Jobs } from './jobs/index.ts';
import { newToken } from './new-token.ts';
import { ObjectStorage } from './object-storage.ts';
import { PlanEngine } from './plans/index.ts';
import { RegistryTokens } from './registry/index.ts';
import { requestHandler } from './request-handler.ts';
import type { GitlabSpec, JobSpec } from './spec.ts';

/** What a mock GitLab is made of. */
export interface MockGitlabOptions {
  readonly spec: GitlabSpec;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** The name in every URL it gives out; `gitlab.test` by default. */
  readonly host?: string;
  /** Signs its certificate when the declaration wants TLS; without it an authority of its own does. */
  readonly ca?: CertificateAuthority;
  /** A directory for what is uploaded; only a folder of its own in it is written to, and removed in the end. */
  readonly dir: string;
  /** How connections to its own listener count; `proxy` by default, because only the proxy knows the way there. */
  readonly listenerVia?: 'proxy' | 'direct';
  /** Kinds of requests that are answered; all by default. Others get 404 and a flag, as unknown ones do. */
  readonly allowedKinds?: readonly RequestKind[];
  /** Where repositories are kept, so that several mocks have them in common; by default in `dir`. */
  readonly repositories?: RepositoryStore;
  /** The container registry that goes with it. */
  readonly registry?: {
    /** `host:port`. */
    readonly address: string;
    /** Signs the tokens that let clients in. */
    readonly signer: IssuedCertificate;
  };
}

/**
 * Starts a mock GitLab on loopback: the runner API of versions 14.10 to 19.3, artifacts, git over HTTP and Git LFS.
 * @throws Error when a declared repository cannot be made or a job names one that is not declared
 */
export async function createMockGitlab(options: MockGitlabOptions): Promise<MockGitlab> {
  const { spec, clock, ledger, host = 'gitlab.test' } = options;
  await mkdir(options.dir, { recursive: true });
  const dir = await mkdtemp(join(options.dir, 'gitlab-'));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(dir, { recursive: true, force: true }));

  const ca = spec.tls ? (options.ca ?? (await ownAuthority())) : undefined;
  const connections = new Connections({
    ledger,
    peer: 'gitlab',
    to: () => `${host}:${port}`,
    tls: ca !== undefined,
    defaultVia: options.listenerVia ?? 'proxy',
  });
  const server = makeServer(await ca?.issue([host, 'localhost', '127.0.0.1']), connections, (connection, why) => {
    ledger.record('gitlab', { kind: 'flag', what: `No request, on connection ${connection}: ${why}.` });
  });
  const port = await listen(server);
  const url = `${ca ? 'https' : 'http'}://${host}:${port}`;
  undo.defer(async () => {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
    await connections.cutAll();
    await closed;
  });
  const backend = undo.use(new HttpBackend(dir));

  const repositories = await jobRepositories(
    spec,
    url,
    options.repositories ?? new RepositoryStore(join(dir, 'repositories')),
  );
  const { secrets } = ledger;
  const runners = new RunnerTokens(secrets);
  const artifacts = new Artifacts(join(dir, 'artifacts'), secrets);
  const tokens = {
    registration: newToken(secrets, 'registration-token', 'GR1348941'),
    personal: newToken(secrets, 'personal-token', 'glpat-'),
    runner: runners.register().token,
  };
  const holdMs = spec.longPollMs ?? 0;
  const registryTokens =
    options.registry && new RegistryTokens({ signer: options.registry.signer, url, secrets, clock });
  const cache =
    spec.cache &&
    new CacheStorage({
      dir: join(dir, 'cache'),
      bucket: spec.cache.bucket,
      serverAddress: `${host}:${port}`,
      insecure: ca === undefined,
      secrets,
    });
  const replies = jobReplies({
    url,
    host,
    repositories,
    artifacts,
    lastUpdate: () => jobs.lastUpdate,
    ...(options.registry ? { registry: options.registry.address } : {}),
  });
  const jobs = new Jobs({ clock, ledger, holdMs, replies });
  const services: Services = {
    spec,
    tokens,
    runners,
    jobs,
    artifacts,
    objectStorage: new ObjectStorage(secrets),
    repositories,
    ...(registryTokens ? { registryTokens } : {}),
    ...(cache ? { cache } : {}),
  };
  const plans = new PlanEngine(spec.plan);
  const queue = (job: JobSpec): Job => {
    repositories.of(job);
    return jobs.queue(job);
  };
  for (const job of spec.jobs ?? []) queue(job);

  const handler = requestHandler({
    clock,
    ledger,
    connections,
    plans,
    services,
    application: application(services, {
      jobs,
      backend,
      repositories: repositories.byPath,
      url,
      uploads: join(dir, 'lfs'),
    }),
    allows: (kind) => options.allowedKinds?.includes(kind) ?? true,
  });
  // Whatever a client expects, its request is judged by what it is.
  server.on('request', handler).on('checkExpectation', handler);

  const running = undo.move();
  return {
    host,
    port,
    url,
    ...(ca ? { caPem: ca.caPem } : {}),
    tokens,
    ...(registryTokens ? { registryAuth: registryTokens.auth, registryLogin: registryTokens.deploy } : {}),
    ...(cache ? { cache: cache.access } : {}),
    queue,
    job: (id) => jobs.get(id),
    cancel: (id, how) => jobs.get(id).cancel(how),
    follow: (plan) => plans.follow(plan),
    releaseLongPolls: () => jobs.releaseLongPolls(),
    accept: (socket, via) => {
      connections.announce(socket, via);
      server.emit('connection', socket);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Loaded late: the library behind it takes longer to load than all the rest to start. */
async function ownAuthority(): Promise<CertificateAuthority> {
  const { createCertificateAuthority } = await import('../tls/index.ts');
  return createCertificateAuthority('Proxyproof mock GitLab');
}
