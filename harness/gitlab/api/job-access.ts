import type { ServerResponse } from 'node:http';
import type { Job } from '../jobs/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { refuse, refuseQuietly } from '../replies/index.ts';
import type { Services } from './services.ts';

/**
 * Finds the running job that a request is about, or answers 403: for a wrong token, and for a job that is over, as
 * GitLab does. Never 404, which any proxy might answer. Whoever asks after a job that GitLab has canceled does nothing wrong.
 */
export function runningJob(
  res: ServerResponse,
  { jobs }: Services,
  id: number,
  token: string | undefined,
): Job | undefined {
  const { kind } = exchangeOf(res);
  const job = jobs.find(id);
  if (!job || token !== job.token) {
    const where = token === undefined ? 'has no job token' : `has a token that is not job ${id}'s`;
    refuse(res, 403, `This ${kind} request ${where}.`);
    return undefined;
  }
  if (job.state !== 'running') {
    const headers = { 'Job-Status': job.announcedStatus };
    const why = `This ${kind} request is about job ${id}, which is not running: its state is ${job.state}.`;
    // That GitLab has canceled it a runner learns by this answer.
    if (job.state === 'canceled') refuseQuietly(res, 403, headers);
    else refuse(res, 403, why, headers);
    return undefined;
  }
  const other = res.req.headers['job-token'] ?? res.req.headers['private-token'];
  if (other !== undefined && other !== token) {
    exchangeOf(res).flag('The job token in the header is another one than in the body.');
  }
  return job;
}

/** The token of `JOB-TOKEN`, where requests without a JSON body carry it. */
export function jobTokenOf(res: ServerResponse): string | undefined {
  const token = res.req.headers['job-token'];
  return typeof token === 'string' ? token : undefined;
}
