import type { Request, Response } from 'express';
import { exchangeOf } from '../recording/index.ts';
import { replyText } from '../replies/index.ts';
import { runningJob } from './job-access.ts';
import { jobHeaders } from './job-headers.ts';
import { parseBody } from './parse-body.ts';
import { jobUpdate } from './schemas.ts';
import type { Services } from './services.ts';

/** How often a runner whose trace is not whole is asked to come again; then its job ends as it is. */
const PATIENCE = 3;

/**
 * `PUT /jobs/:id`: the second phase of a job's start, a sign of life, or its end. An end before the whole trace is
 * there gets 202, so that the runner sends the rest. A checksum that differs is recorded; GitLab does not refuse it.
 */
export function updateJob(services: Services, req: Request, res: Response): void {
  const body = parseBody(res, jobUpdate);
  const job = body && runningJob(res, services, Number(req.params['id']), body.token);
  if (!job) return;
  const reply = (status: 200 | 202): void =>
    replyText(res, status, String(status), { 'Content-Type': 'application/json', ...jobHeaders(services, job) });
  if (body.state === 'running') {
    job.acknowledge();
    reply(200);
    return;
  }
  const { bytesize } = body.output ?? {};
  if (bytesize !== undefined && job.received.bytes < bytesize) {
    if (job.askedAgain++ < PATIENCE) {
      reply(202);
      return;
    }
    exchangeOf(res).flag(`Job ${job.id} ends with ${job.received.bytes} of ${bytesize} bytes of its trace.`);
  }
  const checksum = body.output?.checksum ?? body.checksum;
  job.finish({
    state: body.state,
    ...(body.failure_reason === undefined ? {} : { failureReason: body.failure_reason }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(typeof body.exit_code === 'number' ? { exitCode: body.exit_code } : {}),
  });
  reply(200);
}
