import type { Request, Response } from 'express';
import { percentDecode } from '../../url/index.ts';
import { exchangeOf } from '../recording/index.ts';
import { replyText, sendStored } from '../replies/index.ts';
import type { CachedObject, CacheStorage } from './cache-storage.ts';
import { signatureFault, signedDigest } from './signature-v4.ts';

const LOCATED = { 'X-Amz-Bucket-Region': 'us-east-1' };
const XML = { 'Content-Type': 'application/xml' };

/**
 * Answers a request to the bucket, path-style, as S3 does: objects are put, read and asked about by whoever signed for
 * it; anybody may ask in which region the bucket is, which clients do first.
 */
export async function serveCache(cache: CacheStorage, req: Request, res: Response): Promise<void> {
  const exchange = exchangeOf(res);
  const { access } = cache;
  const key = keyOf(exchange.path, access.bucket);
  const fault = faultOf(cache, req, res);
  const puts = fault === undefined && req.method === 'PUT' && key !== '';
  if (puts && req.headers['content-length'] !== undefined) return put(cache, key, req, res);
  if ((await exchange.readBody(0)) === 'cut') return;
  if (req.method === 'HEAD' && key === '') return replyText(res, 200, '', LOCATED);
  if (fault !== undefined) {
    exchange.flag(`This cache request is refused: ${fault}.`);
    return refuseXml(res, 403, 'SignatureDoesNotMatch');
  }
  if (puts) {
    exchange.flag('This cache request does not say how long its body is, and S3 takes none that does not.');
    return refuseXml(res, 411, 'MissingContentLength');
  }
  if (key === '') return aboutBucket(req, res);
  if (req.method !== 'GET' && req.method !== 'HEAD') return refuseXml(res, 405, 'MethodNotAllowed');
  const object = cache.find(key);
  if (!object) return refuseXml(res, 404, 'NoSuchKey');
  await give(object, res);
}

const keyOf = (path: string, bucket: string): string => percentDecode(path.slice(bucket.length + 2));

const faultOf = ({ access }: CacheStorage, { method, originalUrl, headers }: Request, res: Response) =>
  signatureFault({ method, target: originalUrl, headers }, access, exchangeOf(res).clock.now());

/** Of no other question about the bucket as a whole does a runner need the answer. */
function aboutBucket(req: Request, res: Response): void {
  const isLocation = req.method === 'GET' && req.query['location'] !== undefined;
  // S3 calls this region by no name.
  const document = '<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"></LocationConstraint>';
  if (isLocation) replyText(res, 200, document, { ...XML, ...LOCATED });
  else refuseXml(res, 501, 'NotImplemented');
}

async function put(cache: CacheStorage, key: string, req: Request, res: Response): Promise<void> {
  const exchange = exchangeOf(res);
  let object: CachedObject | undefined;
  try {
    object = await cache.store(key, exchange.streamBody(), metadataOf(req), signedDigest(req.headers));
  } catch (error) {
    if (exchange.clientLeft) return;
    throw error;
  }
  if (!object) {
    exchange.flag('The body of this cache request is not what its sender signed.');
    return refuseXml(res, 400, 'XAmzContentSHA256Mismatch');
  }
  replyText(res, 200, '', { ETag: object.etag });
}

function give({ file, etag, metadata }: CachedObject, res: Response): Promise<void> {
  for (const [name, value] of Object.entries({ ...metadata, ETag: etag, 'Content-Type': 'application/octet-stream' }))
    res.setHeader(name, value);
  return sendStored(res, file, true);
}

function metadataOf({ headers }: Request): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-amz-meta-'));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

function refuseXml(res: Response, status: number, code: string): void {
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`;
  replyText(res, status, res.req.method === 'HEAD' ? '' : document, XML);
}
