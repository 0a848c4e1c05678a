import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import type { Request, Response } from 'express';
import type { BodyRecord } from '../../ledger/index.ts';
import { filesOf } from '../artifacts/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { refuse, replyJson } from '../replies/index.ts';
import { jobTokenOf, runningJob } from './job-access.ts';
import type { Services } from './services.ts';

/** The largest artifact that is taken, in bytes; GitLab's own limit is lower by default. */
const LARGEST = 1024 * 1024 * 1024;

/** `POST /jobs/:id/artifacts`: a multipart form whose field `file` is the archive; it goes to disk as it arrives. */
export async function uploadArtifacts(services: Services, req: Request, res: Response): Promise<void> {
  const exchange = exchangeOf(res);
  const job = services.jobs.find(Number(req.params['id']));
  if (job?.state !== 'running' || jobTokenOf(res) !== job.token) {
    if ((await exchange.readBody(0)) === 'cut') return;
    runningJob(res, services, Number(req.params['id']), jobTokenOf(res));
    return;
  }
  let stored: BodyRecord | undefined | 'too-large';
  try {
    stored = await storeFile(services, req, res, job.id);
  } catch (error) {
    if (exchange.clientLeft) return;
    await exchange.readBody(0);
    return refuse(res, 400, `The form of this upload request cannot be read: ${(error as Error).message}.`);
  }
  if (stored === undefined) return refuse(res, 400, 'The form of this upload request has no file.');
  if (stored === 'too-large') return refuse(res, 413, `The artifact of job ${job.id} is larger than ${LARGEST} bytes.`);
  const file = services.artifacts.fileOf(job.id);
  exchange.ledger.record('gitlab', {
    kind: 'job',
    job: job.id,
    what: 'artifact',
    state: job.state,
    artifact: stored,
    files: file === undefined ? [] : await filesOf(file),
  });
  replyJson(res, 201, { message: '201 Created' });
}

async function storeFile(
  { artifacts }: Services,
  req: Request,
  res: Response,
  jobId: number,
): Promise<BodyRecord | undefined | 'too-large'> {
  const form = busboy({ headers: req.headers, limits: { fileSize: LARGEST, files: 1, fields: 50 } });
  let storing: Promise<BodyRecord | undefined | 'too-large'> = Promise.resolve(undefined);
  form.on('file', (field, file) => {
    if (field !== 'file') {
      file.resume();
      return;
    }
    // The client may leave before the file is read; whoever reads it then gets the error again.
    file.on('error', () => {});
    storing = artifacts.store(jobId, file).then((record) => (file.truncated === true ? 'too-large' : record));
    // Whoever waits for the whole form hears of it; until then the failure is nobody's.
    storing.catch(() => {});
  });
  await pipeline(exchangeOf(res).streamBody(), form);
  return storing;
}
