import { type Request, type Response, Router } from 'express';
import { refuse, replyJson, replyText } from '../replies/index.ts';
import { parseBody } from './parse-body.ts';
import type { RegisteredRunner } from './runner-tokens.ts';
import { managerUnregistration, registration, tokenReset, unregistration, verification } from './schemas.ts';
import type { Services } from './services.ts';

/** The endpoints about runners themselves: https://docs.gitlab.com/api/runners/ */
export function runnersApi({ runners, tokens }: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });

  router.post('/runners', (_req: Request, res: Response) => {
    const body = parseBody(res, registration);
    if (!body) return;
    if (body.token !== tokens.registration) {
      refuse(res, 403, 'The token of this register request is not the registration token.');
      return;
    }
    replyJson(res, 201, documentOf(runners.register()));
  });

  router.post('/runners/verify', (_req: Request, res: Response) => {
    const body = parseBody(res, verification);
    const runner = body && runners.authorize(res, body.token);
    if (runner) replyJson(res, 200, documentOf(runner));
  });

  router.delete('/runners', (_req: Request, res: Response) => {
    const body = parseBody(res, unregistration);
    const runner = body && runners.authorize(res, body.token);
    if (!runner) return;
    runners.remove(runner);
    replyText(res, 204, '');
  });

  // Removes one machine of the runner; the runner and its token stay.
  router.delete('/runners/managers', (_req: Request, res: Response) => {
    const body = parseBody(res, managerUnregistration);
    if (body && runners.authorize(res, body.token)) replyText(res, 204, '');
  });

  router.post('/runners/reset_authentication_token', (_req: Request, res: Response) => {
    const body = parseBody(res, tokenReset);
    const runner = body && runners.authorize(res, body.token);
    if (runner) replyJson(res, 201, tokenOf(runners.reset(runner)));
  });

  router.post('/runners/:id/reset_authentication_token', (req: Request, res: Response) => {
    if (req.headers['private-token'] !== tokens.personal) {
      refuse(res, 403, 'The personal access token of this reset-token request is wrong.');
      return;
    }
    const runner = runners.byId(Number(req.params['id']));
    if (runner) replyJson(res, 201, tokenOf(runners.reset(runner)));
    else refuse(res, 404, 'The runner whose token is to be reset does not exist.');
  });

  router.get('/runners/router/discovery', (req: Request, res: Response) => {
    const token = req.headers['runner-token'];
    if (typeof token !== 'string' || !runners.find(token)) {
      refuse(res, 403, "The header RUNNER-TOKEN of this discovery request is no runner's token.");
      return;
    }
    replyJson(res, 501, { message: '501 Not Implemented' });
  });

  return router;
}

const tokenOf = ({ token }: RegisteredRunner) => ({ token, token_expires_at: null });

const documentOf = (runner: RegisteredRunner) => ({ id: runner.id, ...tokenOf(runner) });
