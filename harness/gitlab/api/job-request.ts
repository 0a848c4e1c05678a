import type { ServerResponse } from 'node:http';
import { exchangeOf } from '../recording/index.ts';
import { parseBody } from './parse-body.ts';
import { jobRequest } from './schemas.ts';
import type { Services } from './services.ts';

/**
 * `POST /jobs/request`. It is what runners do nearly all the time, thousands of them at once, so it is called without
 * going through express first, and keeps nothing of the request while it is held.
 */
export function requestJob(res: ServerResponse, { runners, jobs }: Services): void {
  const body = parseBody(res, jobRequest);
  exchangeOf(res).forgetBody();
  if (body && runners.authorize(res, body.token)) jobs.request(res);
}
