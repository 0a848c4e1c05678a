import type { Request, Response } from 'express';
import { exchangeOf } from '../recording/index.ts';
import { refuse, replyText, sendStored } from '../replies/index.ts';
import { jobTokenOf } from './job-access.ts';
import type { Services } from './services.ts';

/** `GET /jobs/:id/artifacts`: the archive, or the way to object storage when the runner and the declaration want it. */
export async function downloadArtifacts(services: Services, req: Request, res: Response): Promise<void> {
  const { artifacts, jobs, objectStorage, spec } = services;
  const id = Number(req.params['id']);
  const token = jobTokenOf(res);
  // A runner shows the token of the job whose artifacts it wants, or of the job that wants them.
  const known = token !== undefined && (artifacts.earlier(id)?.token === token || jobs.findByToken(token));
  if (!known) return refuse(res, 403, `This download request's token has no access to the artifacts of job ${id}.`);
  const file = artifacts.fileOf(id);
  if (file === undefined) return refuse(res, 404, `Job ${id} has no artifacts.`);
  if (spec.directDownload && req.query['direct_download'] === 'true') {
    return replyText(res, spec.directDownloadStatus ?? 302, '', { Location: objectStorage.urlOf({ jobId: id }) });
  }
  await sendArchive(res, file);
}

/**
 * `GET /object-storage/…`: an archive, or an object of Git LFS, for whoever has the right signature.
 * @param lfsFile where an object of a repository is kept
 */
export async function downloadObject(
  { artifacts, objectStorage, spec }: Services,
  lfsFile: (repository: string, oid: string) => Promise<string | undefined>,
  req: Request,
  res: Response,
): Promise<void> {
  const { path } = exchangeOf(res);
  const object = objectStorage.open(path, req.query['X-Amz-Signature']);
  if (object && 'oid' in object) {
    const file = await lfsFile(object.repository, object.oid);
    if (file !== undefined) return sendStored(res, file);
  }
  const moved = spec.storageMoves && object ? objectStorage.movedFrom(path) : undefined;
  if (moved !== undefined) return replyText(res, 302, '', { Location: moved });
  const file = object && 'jobId' in object ? artifacts.fileOf(object.jobId) : undefined;
  if (file !== undefined) return sendArchive(res, file);
  exchangeOf(res).flag('The signature of this object storage request is wrong.');
  replyText(res, 403, '<Error><Code>SignatureDoesNotMatch</Code></Error>', { 'Content-Type': 'application/xml' });
}

function sendArchive(res: Response, file: string): Promise<void> {
  res.attachment('artifacts.zip');
  return sendStored(res, file);
}
