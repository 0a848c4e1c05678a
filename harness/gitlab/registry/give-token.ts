import type { Request, Response } from 'express';
import type { JobRepositories } from '../git/index.ts';
import type { Jobs } from '../jobs/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { credentialsOf, refuse, replyJson, replyText } from '../replies/index.ts';
import type { Asker, RegistryTokens } from './registry-tokens.ts';

/** What knows who may have a token. */
export interface TokenServices {
  readonly jobs: Jobs;
  readonly repositories: JobRepositories;
  /** Only where GitLab has a container registry. */
  readonly registryTokens?: RegistryTokens;
}

/**
 * `GET /jwt/auth`: a token for a container registry. Credentials are those of a job, as long as it runs, or the deploy
 * token's; wrong ones are refused. Whoever has none gets a token that is good for nothing, and none at all without
 * saying what for.
 * Source: https://distribution.github.io/distribution/spec/auth/token/; GitLab's `JwtController`.
 */
export async function giveRegistryToken(services: TokenServices, req: Request, res: Response): Promise<void> {
  const { registryTokens } = services;
  if (!registryTokens) {
    refuse(res, 404, 'A registry token is asked for, but this GitLab has no container registry.');
    return;
  }
  const { scope = [], service } = req.query;
  const scopes = [scope].flat().filter((each) => typeof each === 'string');
  if (service !== registryTokens.auth.service) {
    exchangeOf(res).flag(`A registry token is asked for another service, ${String(service)}.`);
  }
  const { authorization } = req.headers;
  const asker = authorization === undefined ? undefined : askerOf(services, authorization);
  if (authorization !== undefined && !asker) {
    exchangeOf(res).flag('The credentials of this request for a registry token are wrong, or of a job that is over.');
    refuseToken(res, 401, 'UNAUTHORIZED', 'HTTP Basic: Access denied.');
  } else if (!asker && scopes.length === 0) refuseToken(res, 403, 'DENIED', 'access forbidden');
  else replyJson(res, 200, { token: await registryTokens.issue(asker, scopes) });
}

/** `POST /jwt/auth`: clients that try OAuth 2 first take this for a no, and come again with GET. GitLab does so. */
export function noOauth(res: Response): void {
  replyText(res, 404, '');
}

function askerOf({ registryTokens, jobs, repositories }: TokenServices, authorization: string): Asker | undefined {
  const [user, password] = credentialsOf(authorization);
  if (user === undefined || password === undefined) return undefined;
  if (registryTokens?.isDeploy(user, password)) return { name: user };
  const job = user === 'gitlab-ci-token' ? jobs.findByToken(password) : undefined;
  return job?.state === 'running' ? { name: user, project: repositories.of(job.spec).path } : undefined;
}

function refuseToken(res: Response, status: number, code: string, message: string): void {
  replyJson(res, status, { errors: [{ code, message }] });
}
