import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { exchangeOf } from '../recording/index.ts';
import { refuse, replyJson, replyText } from '../replies/index.ts';
import type { LfsObjects } from './lfs-objects.ts';

const MEDIA_TYPE = { 'Content-Type': 'application/vnd.git-lfs+json' };
const EXPIRES_SECONDS = 3600;
const OID = /^[0-9a-f]{64}$/;
const BODY_LIMIT = 1024 * 1024;

const batch = z.looseObject({
  operation: z.enum(['download', 'upload']),
  transfers: z.array(z.string()).optional(),
  objects: z.array(z.looseObject({ oid: z.string().regex(OID), size: z.number().int().nonnegative() })),
});

/** Where and for whom a request about LFS is answered. */
export interface LfsContext {
  readonly objects: LfsObjects;
  /** The repository's own URL, by name. */
  readonly repositoryUrl: string;
  /** The `Authorization` that let the client in; the transfer gets the same. */
  readonly authorization: string;
  /** The signed URL of an object that is kept elsewhere. */
  readonly urlAtStorage?: (oid: string) => string | undefined;
}

/**
 * Git LFS with the basic transfer: https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md
 * @param service the path below the repository
 */
export async function serveLfs(res: ServerResponse, service: string, context: LfsContext): Promise<void> {
  const { method } = res.req;
  if (method === 'POST' && service === 'info/lfs/objects/batch') return answerBatch(res, context);
  const [, oid, size] = /^gitlab-lfs\/objects\/([0-9a-f]{64})(?:\/(\d+))?$/.exec(service) ?? [];
  if (method === 'GET' && oid !== undefined && size === undefined) return download(res, oid, context);
  if (method === 'PUT' && oid !== undefined && size !== undefined) return upload(res, oid, context);
  if ((await exchangeOf(res).readBody(0)) === 'cut') return;
  if (/^info\/lfs\/locks(\/verify)?$/.test(service)) {
    // git-lfs takes 404 for "this server has no locks" and goes on.
    return replyJson(res, 404, { message: 'Locks are not supported.' }, MEDIA_TYPE);
  }
  refuse(res, 404, `Git LFS has no ${method} ${service} here.`);
}

async function answerBatch(res: ServerResponse, context: LfsContext): Promise<void> {
  const exchange = exchangeOf(res);
  const end = await exchange.readBody(BODY_LIMIT);
  if (end === 'cut') return;
  const request = end === 'whole' ? parseBatch(exchange.body) : undefined;
  if (!request)
    return refuse(res, 422, 'The body of this LFS batch request is not as the batch API has it.', MEDIA_TYPE);
  const objects = await Promise.all(
    request.objects.map(({ oid, size }) => offer(request.operation, { oid, size }, context)),
  );
  replyJson(res, 200, { transfer: 'basic', objects, hash_algo: 'sha256' }, MEDIA_TYPE);
}

function parseBatch(body: Buffer): z.infer<typeof batch> | undefined {
  try {
    return batch.parse(JSON.parse(body.toString('utf8')));
  } catch {
    return undefined;
  }
}

async function offer(
  operation: 'download' | 'upload',
  { oid, size }: { oid: string; size: number },
  { objects, repositoryUrl, authorization }: LfsContext,
): Promise<object> {
  const found = await objects.find(oid);
  const href = `${repositoryUrl}/gitlab-lfs/objects/${oid}`;
  const transfer = { header: { Authorization: authorization }, expires_in: EXPIRES_SECONDS };
  if (operation === 'upload') {
    if (found) return { oid, size, authenticated: true };
    return { oid, size, authenticated: true, actions: { upload: { href: `${href}/${size}`, ...transfer } } };
  }
  if (!found) return { oid, size, error: { code: 404, message: 'Object does not exist' } };
  return { oid, size: found.size, authenticated: true, actions: { download: { href, ...transfer } } };
}

async function download(res: ServerResponse, oid: string, { objects, urlAtStorage }: LfsContext): Promise<void> {
  const found = await objects.find(oid);
  if (!found) return refuse(res, 404, `There is no LFS object ${oid}.`);
  const elsewhere = urlAtStorage?.(oid);
  if (elsewhere !== undefined) return replyText(res, 302, '', { Location: elsewhere });
  res.writeHead(200, ['Content-Type', 'application/octet-stream', 'Content-Length', String(found.size)]);
  // A client that goes away in the middle shows in the record; there is nobody left to tell.
  await pipeline(objects.read(found.file), res).catch(() => {});
}

async function upload(res: ServerResponse, oid: string, { objects }: LfsContext): Promise<void> {
  try {
    const right = await objects.store(oid, exchangeOf(res).streamBody());
    if (right) replyText(res, 200, '');
    else refuse(res, 422, `The content that was uploaded as LFS object ${oid} is another one.`);
  } catch (error) {
    if (!exchangeOf(res).clientLeft) throw error;
  }
}
