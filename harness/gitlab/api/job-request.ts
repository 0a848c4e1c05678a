import type { ServerResponse } from 'node:http';
import { exchangeOf } from '../recording/index.ts';
import { parseBody } from './parse-body.ts';
import { jobRequest } from './schemas.ts';
import type { Services } from './services.ts';

/** A longer body is no runner's poll, in bytes. */
const REMEMBERED_BYTES = 4096;

/** The last body that was a job request, and whose it was: a runner says the same with every poll. */
let last: { readonly body: Buffer; readonly type: string | undefined; readonly token: string } | undefined;

/**
 * `POST /jobs/request`. It is what runners do nearly all the time, thousands of them at once, so it is called without
 * going through express first, and keeps nothing of the request while it is held.
 */
export function requestJob(res: ServerResponse, { runners, jobs }: Services): void {
  const token = tokenOf(res);
  exchangeOf(res).forgetBody();
  if (token !== undefined && runners.authorize(res, token)) jobs.request(res);
}

/** @returns undefined when the body is no job request; that is answered then */
function tokenOf(res: ServerResponse): string | undefined {
  const { body } = exchangeOf(res);
  const type = res.req.headers['content-type'];
  if (last?.type === type && last?.body.equals(body)) return last.token;
  const token = parseBody(res, jobRequest)?.token;
  if (token !== undefined && body.length <= REMEMBERED_BYTES) last = { body: Buffer.from(body), type, token };
  return token;
}
