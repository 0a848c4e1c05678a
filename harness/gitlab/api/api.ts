import { type Request, type Response, Router } from 'express';
import { downloadArtifacts } from './artifact-download.ts';
import { uploadArtifacts } from './artifact-upload.ts';
import { updateJob } from './job-update.ts';
import { runnersApi } from './runners.ts';
import type { Services } from './services.ts';
import { patchTrace } from './trace.ts';

/** GitLab's API as runners use it, but for `POST /jobs/request`. */
export function runnerApi(services: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use(runnersApi(services));
  router.patch('/jobs/:id/trace', (req: Request, res: Response) => patchTrace(services, req, res));
  router.put('/jobs/:id', (req: Request, res: Response) => updateJob(services, req, res));
  router.post('/jobs/:id/artifacts', (req: Request, res: Response) => uploadArtifacts(services, req, res));
  router.get('/jobs/:id/artifacts', (req: Request, res: Response) => downloadArtifacts(services, req, res));
  return router;
}
