import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { aheadBy } from '../clock/index.ts';
import { misfit } from '../schema/index.ts';
import type { Services } from './api/index.ts';
import { application } from './application.ts';
import { HttpBackend } from './git/index.ts';
import { type GitlabServer, startServer } from './gitlab-server.ts';
import type { MockGitlab } from './handle.ts';
import type { Job } from './jobs/index.ts';
import { makeServices } from './make-services.ts';
import type { MockGitlabOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { PlanFollower } from './plans/index.ts';
import { requestHandler } from './request-handler.ts';
import type { JobSpec } from './spec.ts';
import { jobSchema, planSchema } from './spec-schema.ts';

/**
 * Starts a mock GitLab on loopback: the runner API of versions 14.10 to 19.3, artifacts, git over HTTP and Git LFS.
 * @throws Error when a declared repository cannot be made or a job names one that is not declared
 */
export async function createMockGitlab(options: MockGitlabOptions): Promise<MockGitlab> {
  const { spec, clock, ledger } = options;
  await mkdir(options.dir, { recursive: true });
  const dir = await mkdtemp(join(options.dir, 'gitlab-'));
  await using undo = new AsyncDisposableStack();
  undo.defer(() => rm(dir, { recursive: true, force: true }));
  const listening = undo.use(await startServer(options));
  const { server, connections, url } = listening;
  const backend = undo.use(new HttpBackend(dir));
  const services = await makeServices(options, listening, dir);
  for (const job of spec.jobs ?? []) queue(services, job);

  const plans = new PlanFollower(spec.plan);
  const { jobs, repositories } = services;
  const git = {
    jobs,
    backend,
    repositories: repositories.byPath,
    url,
    uploads: join(dir, 'lfs'),
    ...(spec.lfsAtStorage ? { storage: services.objectStorage } : {}),
  };
  const handler = requestHandler({
    clock: aheadBy(clock, (spec.clockAheadSeconds ?? 0) * 1000),
    ledger,
    connections,
    ...(listening.clientCertificates ? { clientCertificates: listening.clientCertificates } : {}),
    plans,
    services,
    application: application(services, git),
    allows: (kind) => options.allowedKinds?.includes(kind) ?? true,
  });
  // Whatever a client expects, its request is judged by what it is.
  server.on('request', handler).on('checkExpectation', handler);
  return handleOf(listening, services, plans, undo.move());
}

function handleOf(
  { server, connections, host, port, url, caPem, issueClientCertificate, serveWrongCertificate }: GitlabServer,
  services: Services,
  plans: PlanFollower,
  running: AsyncDisposableStack,
): MockGitlab {
  const { tokens, registryTokens, cache, jobs } = services;
  return {
    host,
    port,
    url,
    ...(caPem === undefined ? {} : { caPem }),
    tokens,
    ...(registryTokens ? { registryAuth: registryTokens.auth, registryLogin: registryTokens.deploy } : {}),
    ...(cache ? { cache: cache.access } : {}),
    queue: (job) => queue(services, job),
    job: (id) => jobs.get(id),
    cancel: (id, how) => jobs.get(id).cancel(how),
    follow: (plan) => plans.follow(checkPlan(plan)),
    issueClientCertificate,
    serveWrongCertificate,
    releaseLongPolls: () => jobs.releaseLongPolls(),
    accept: (socket, via) => {
      connections.announce(socket, via);
      server.emit('connection', socket);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** @throws Error for a job that would not run as it stands, or whose repository is not declared */
function queue({ repositories, jobs }: Services, job: JobSpec): Job {
  const found = misfit(jobSchema, job, 'the job');
  if (found) throw new Error(`GitLab cannot queue this job: ${found.says}.`);
  repositories.of(job);
  return jobs.queue(job);
}

/** @throws Error for a plan that would not be followed as it stands */
function checkPlan(plan: Plan): Plan {
  const found = misfit(planSchema, plan, 'the plan');
  if (found) throw new Error(`GitLab cannot follow this plan: ${found.says}.`);
  return plan;
}
