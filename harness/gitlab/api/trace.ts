import type { Request, Response } from 'express';
import { type Job, TRACE_LIMIT } from '../jobs/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { refuse, replyText } from '../replies/index.ts';
import { jobTokenOf, runningJob } from './job-access.ts';
import { jobHeaders } from './job-headers.ts';
import type { Services } from './services.ts';

/**
 * `PATCH /jobs/:id/trace`: takes a part that begins where the trace ends, and nothing else. Like GitLab it goes by the
 * beginning of `Content-Range` and by the body's size; the range's end has been spelled in two ways over the years.
 */
export function patchTrace(services: Services, req: Request, res: Response): void {
  const job = runningJob(res, services, Number(req.params['id']), jobTokenOf(res));
  if (!job) return;
  const range = req.headers['content-range'];
  if (range === undefined) refuse(res, 400, 'This trace request has no Content-Range.');
  else appendPart(services, res, job, range);
}

function appendPart(services: Services, res: Response, job: Job, range: string): void {
  const { body } = exchangeOf(res);
  const [, start, end] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  if (start === undefined || Number(start) !== job.received.bytes) {
    const why = `The trace has ${job.received.bytes} bytes, but the range of this part is ${range}.`;
    refuse(res, 416, why, { Range: `0-${job.received.bytes}`, 'Job-Status': job.announcedStatus });
    return;
  }
  const next = Number(start) + body.length;
  if (next > TRACE_LIMIT) {
    job.finish({ state: 'failed', failureReason: 'trace_size_exceeded' });
    const why = `The trace of job ${job.id} is longer than ${TRACE_LIMIT} bytes.`;
    refuse(res, 403, why, { 'Job-Status': job.announcedStatus });
    return;
  }
  if (Number(end) !== next && Number(end) !== next - 1) {
    exchangeOf(res).flag(`The range of this part of the trace is ${range}, but it has ${body.length} bytes.`);
  }
  if (body.length > 0) job.appendTrace(body);
  replyText(res, 202, `0-${next}`, {
    'Content-Type': 'text/plain',
    Range: `0-${next}`,
    ...jobHeaders(services, job),
  });
}
