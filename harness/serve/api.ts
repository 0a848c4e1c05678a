import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { jobSchema, planSchema } from '../gitlab/spec-schema.ts';
import { refuse } from './access.ts';
import { accountSchema, actionSchema, faultSchema, type LabAction, proxySchema } from './actions.ts';
import { ciJobs } from './ci-jobs.ts';
import { USUAL_REPOSITORY } from './declaration.ts';
import { EXPORTS } from './exports.ts';
import type { Feed } from './feed.ts';
import type { LiveLab } from './lab.ts';
import { PRESET_NAMES } from './presets.ts';
import { problemsOf } from './problems.ts';
import type { QueuedJobs } from './protocol.ts';

const LIMIT = '2mb';

const faultBody = z.strictObject({
  proxy: proxySchema.default('proxy'),
  fault: faultSchema,
});
const planBody = z.union([
  z.strictObject({ preset: z.enum(PRESET_NAMES) }),
  z.strictObject({ plan: planSchema }),
  z.strictObject({ honest: z.literal(true) }),
]);
const credentialsBody = z.union([
  z.strictObject({ rotate: z.literal(true) }),
  z.strictObject({ none: z.literal(true) }),
  accountSchema,
]);

/** The API of a lab, as protocol.ts lists it; whoever comes here has shown the token. */
export function labApi(lab: LiveLab, feed: Feed): Router {
  const api = Router();
  api.use(express.json({ limit: LIMIT, type: 'application/json' }));
  api.use(express.text({ limit: LIMIT, type: ['text/yaml', 'text/plain', 'application/yaml'] }));
  const perform = async (action: LabAction) => {
    const made = await lab.perform(action);
    feed.tell();
    return made;
  };

  api.get('/state', (_req: Request, res: Response) => void res.json(lab.state(feed.viewers)));
  api.get('/events', (req: Request, res: Response) => {
    const after = Number(req.get('Last-Event-ID') ?? req.query['after'] ?? 0);
    if (!feed.add(res, Number.isSafeInteger(after) ? after : 0))
      refuse(res, 503, 'Too many look at this lab already: close a page that nobody looks at.');
  });

  api.get('/faults', (_req: Request, res: Response) => void res.json(lab.faults.kinds()));
  api.post('/faults', async (req: Request, res: Response) => {
    const { proxy, fault } = faultBody.parse(req.body);
    const made = await perform({ do: 'fault-on', proxy, fault });
    res.status(201).json(lab.faults.all.find(({ id }) => id === made.fault));
  });
  api.delete('/faults/:id', async (req: Request, res: Response) => {
    await perform({ do: 'fault-off', id: numberIn(req, 'id') });
    res.status(204).end();
  });

  api.put('/plan', async (req: Request, res: Response) => {
    const body = planBody.parse(req.body);
    const chosen = 'preset' in body ? { preset: body.preset } : 'plan' in body ? { plan: body.plan } : {};
    await perform({ do: 'plan', ...chosen });
    res.status(204).end();
  });

  const queue = async (
    all: readonly { readonly name?: string; readonly spec: unknown }[],
  ): Promise<QueuedJobs['jobs']> => {
    const queued: QueuedJobs['jobs'][number][] = [];
    for (const { name, spec } of all) {
      const { job } = await perform(
        actionSchema.parse({ do: 'job', job: spec, ...(name === undefined ? {} : { name }) }),
      );
      if (job) queued.push(job);
    }
    return queued;
  };
  api.post('/jobs', async (req: Request, res: Response) => {
    res.status(201).json({ jobs: await queue([{ spec: jobSchema.parse(req.body ?? {}) }]), leftOut: [] });
  });
  api.post('/jobs/ci', async (req: Request, res: Response) => {
    if (typeof req.body !== 'string') throw new RangeError('Send the text of a .gitlab-ci.yml, as text/yaml.');
    const [first] = lab.world.spec.gitlab?.repositories ?? [];
    const { jobs, leftOut } = ciJobs(req.body, first?.path ?? USUAL_REPOSITORY);
    res.status(201).json({ jobs: await queue(jobs), leftOut });
  });
  api.post('/jobs/:id/cancel', async (req: Request, res: Response) => {
    await perform({ do: 'cancel', job: numberIn(req, 'id') });
    res.status(204).end();
  });
  api.get('/jobs/:id/trace', (req: Request, res: Response) => {
    res.type('text/plain').send(lab.jobs.trace(numberIn(req, 'id')));
  });

  api.post('/proxies/:name/:what', async (req: Request, res: Response) => {
    const { name, what } = req.params;
    await perform(actionSchema.parse({ do: what, proxy: name }));
    res.status(204).end();
  });
  api.put('/proxies/:name/credentials', async (req: Request, res: Response) => {
    const body = credentialsBody.parse(req.body);
    const to = 'rotate' in body ? 'others' : 'none' in body ? 'none' : body;
    await perform(actionSchema.parse({ do: 'credentials', proxy: req.params['name'], to }));
    res.json(lab.peers.find(({ name }) => name === req.params['name']));
  });

  api.get('/export/:name', (req: Request, res: Response) => {
    const { name = '' } = req.params as { name?: string };
    const made = EXPORTS[name]?.(lab);
    if (!made) throw new RangeError(`There is no ${name}. There are ${Object.keys(EXPORTS).join(', ')}.`);
    res.type(made.type).set('Content-Disposition', `attachment; filename="${name}"`).send(made.text);
  });
  api.use((_req: Request, res: Response) =>
    refuse(res, 404, 'There is nothing at this path. docs/lab.md lists what there is.'),
  );
  api.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    explain(error, res);
  });
  return api;
}

function numberIn(req: Request, name: string): number {
  const number = Number(req.params[name]);
  if (Number.isSafeInteger(number)) return number;
  throw new RangeError(`${String(req.params[name])} is no number.`);
}

function explain(error: unknown, res: Response): void {
  const { status, says } = failure(error);
  refuse(res, status, says);
}

/** What went wrong, by status: what is asked for is not there, or makes no sense. */
function failure(error: unknown): { readonly status: number; readonly says: string } {
  if (error instanceof z.ZodError) return { status: 400, says: `This is not as it must be: ${problemsOf(error)}.` };
  const says = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError) return { status: 404, says };
  return {
    status: error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 400,
    says,
  };
}
