import { createHash, createHmac } from 'node:crypto';
import { percentEncode } from '../../../url/index.ts';
import type { CacheConfig } from '../../subject.ts';

const REGION = 'us-east-1';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is signed. */
export interface Presigned {
  readonly method: 'GET' | 'PUT';
  /** The object's name in the bucket. */
  readonly object: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly expiresSeconds: number;
}

/**
 * A URL by which whoever has it may get or put an object, without credentials.
 * Source: AWS Signature Version 4, “Authenticating Requests: Using Query Parameters”, path-style.
 */
export function presign(cache: CacheConfig, { method, object, now, expiresSeconds }: Presigned): string {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const path = [cache.bucket, ...object.split('/')].map((each) => `/${percentEncode(each)}`).join('');
  const query = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${cache.accessKey}/${scope}`],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(expiresSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ]
    .map(([name = '', value = '']) => `${name}=${percentEncode(value)}`)
    .join('&');
  const request = [method, path, query, `host:${cache.serverAddress}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((above, part) => hmac(above, part), `AWS4${cache.secretKey}`);
  const scheme = cache.insecure ? 'http' : 'https';
  return `${scheme}://${cache.serverAddress}${path}?${query}&X-Amz-Signature=${hmac(key, text).toString('hex')}`;
}
