import type { Job } from '../jobs/index.ts';
import type { Services } from './services.ts';

/** What GitLab tells a runner with every answer about a running job. */
export function jobHeaders({ spec }: Services, job: Job): Record<string, string> {
  const interval = spec.traceUpdateInterval;
  return {
    'Job-Status': job.announcedStatus,
    ...(interval === undefined ? {} : { 'X-GitLab-Trace-Update-Interval': String(interval) }),
  };
}
