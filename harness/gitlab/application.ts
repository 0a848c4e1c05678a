import type { ServerResponse } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { downloadObject, runnerApi, type Services } from './api/index.ts';
import { serveCache } from './cache/index.ts';
import { type GitServices, lfsFile, serveGit } from './git/index.ts';
import { exchangeOf } from './recording/index.ts';
import { giveRegistryToken, noOauth } from './registry/index.ts';
import { replyJson } from './replies/index.ts';

/** Everything that a mock GitLab answers in the ordinary way, but for job requests. */
export function application(services: Services, git: GitServices): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing').enable('strict routing');
  app.set('query parser', 'simple');
  app.use('/api/v4', runnerApi(services));
  app.get('/object-storage/*path', (req: Request, res: Response) =>
    downloadObject(services, (repository, oid) => lfsFile(git, repository, oid), req, res),
  );
  app.get('/jwt/auth', (req: Request, res: Response) => giveRegistryToken(services, req, res));
  app.post('/jwt/auth', (_req: Request, res: Response) => noOauth(res));
  app.use((req: Request, res: Response, next: NextFunction) => {
    const { kind } = exchangeOf(res);
    if (kind === 'cache' && services.cache) return serveCache(services.cache, req, res);
    return kind === 'git' || kind === 'lfs' ? serveGit(res, git) : next();
  });
  app.use((_req: Request, res: Response) => unknownEndpoint(res));
  app.use((error: unknown, _req: Request, res: Response, _next: NextFunction) => fail(res, error));
  return app;
}

/** Answers a request that nobody knows what to do with. */
export function unknownEndpoint(res: ServerResponse): void {
  const { method } = res.req;
  const exchange = exchangeOf(res);
  exchange.odd(
    `GitLab's runner API has no ${method} ${exchange.path}; either a runner does something new, or it is lost.`,
  );
  replyJson(res, 404, { error: '404 Not Found' });
}

/** Answers a request that could not be served: the client's fault when the error has a status below 500. */
export function fail(res: ServerResponse, error: unknown): void {
  if (res.closed) return;
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;
  const message = error instanceof Error ? error.message : String(error);
  if (status < 500) exchangeOf(res).flag(`This request cannot be read: ${message}.`);
  else exchangeOf(res).odd(`The mock GitLab failed: ${message}.`);
  if (res.headersSent) res.destroy();
  else replyJson(res, status, { message: status < 500 ? '400 Bad Request' : '500 Internal Server Error' });
}
