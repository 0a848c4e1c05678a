import type { ServerResponse } from 'node:http';
import type { Jobs } from '../jobs/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { credentialsOf, replyText } from '../replies/index.ts';

/**
 * The `Authorization` of a request, when it has the token of a job that is not over, as user `gitlab-ci-token`. Wrong
 * credentials are flagged; none are not, for git offers them only when it is asked.
 */
export function acceptedCredentials(res: ServerResponse, jobs: Jobs): string | undefined {
  const { authorization } = res.req.headers;
  if (authorization === undefined) return undefined;
  const exchange = exchangeOf(res);
  const [user, token] = credentialsOf(authorization);
  const job = user === 'gitlab-ci-token' && token !== undefined ? jobs.findByToken(token) : undefined;
  if (job && !job.over) return authorization;
  if (job) exchange.odd(`This ${exchange.kind} request has the token of job ${job.id}, which is over.`);
  else exchange.flag(`The credentials of this ${exchange.kind} request are wrong.`);
  return undefined;
}

/** Asks for credentials, in GitLab's words. */
export function challenge(res: ServerResponse): void {
  const scheme = 'Basic realm="GitLab"';
  replyText(res, 401, 'HTTP Basic: Access denied.\n', {
    'Content-Type': 'text/plain',
    'WWW-Authenticate': scheme,
    // What git-lfs looks for first: https://github.com/git-lfs/git-lfs/blob/main/docs/api/authentication.md
    ...(exchangeOf(res).kind === 'lfs' ? { 'LFS-Authenticate': scheme } : {}),
  });
}
