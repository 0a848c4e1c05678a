import { randomBytes } from 'node:crypto';
import type { RunnerConfig } from '../../subject.ts';
import type { JobPayload } from '../api/job-payload.ts';

const LABEL = 'com.gitlab.gitlab-runner';
const SHORT_TOKEN = 8;

/** By which the containers, volumes and networks of a job are known: names and labels as the real runner gives them. */
export interface JobIdentity {
  readonly projectId: number;
  /** `runner-TOKEN-project-7-concurrent-0`: the same for every job of the project in this slot. */
  readonly project: string;
  /** The same with random letters: this job's alone. */
  readonly job: string;
  readonly network: string;
  /** The first letters of the runner's token, as a runner is called in GitLab. */
  readonly runner: string;
  /** @param more without the prefix that all of them have, such as `type` */
  labels(more: Readonly<Record<string, string>>): Record<string, string>;
}

/** The beginning of a token, after the prefix that says what kind it is. */
export const shortToken = (token: string): string => token.replace(/^(glrt-|GR1348941)/, '').slice(0, SHORT_TOKEN);

/** A name that may be a host name, too (RFC 1123). */
const hostName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9-]/g, '');

/** @param slot counts the jobs that run at the same time, from 0 */
export function jobIdentity(config: RunnerConfig, job: JobPayload, slot: number): JobIdentity {
  const runner = shortToken(config.token);
  const projectId = job.job_info?.project_id ?? 0;
  const project = hostName(`runner-${runner}-project-${projectId}-concurrent-${slot}`);
  const own = {
    'job.id': String(job.id),
    'job.ref': job.git_info?.ref ?? '',
    'job.sha': job.git_info?.sha ?? '',
    'project.id': String(projectId),
    'runner.id': runner,
    'runner.local_id': String(slot),
    managed: 'true',
  };
  return {
    projectId,
    project,
    job: `${project}-${randomBytes(8).toString('hex')}`,
    network: hostName(`runner-${runner}-${projectId}-${slot}-${job.id}`),
    runner,
    labels: (more) =>
      Object.fromEntries(Object.entries({ ...own, ...more }).map(([key, value]) => [`${LABEL}.${key}`, value])),
  };
}
