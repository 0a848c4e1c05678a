import aws4 from 'aws4';
import { percentEncode } from '../../../url/index.ts';
import type { CacheConfig } from '../../subject.ts';

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
  const path = [cache.bucket, ...object.split('/')].map((each) => `/${percentEncode(each)}`).join('');
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': new Date(now).toISOString().replace(/[-:]|\.\d+/g, ''),
    'X-Amz-Expires': String(expiresSeconds),
  });
  const signed = aws4.sign(
    {
      service: 's3',
      region: 'us-east-1',
      method,
      host: cache.serverAddress,
      path: `${path}?${query}`,
      signQuery: true,
    },
    { accessKeyId: cache.accessKey, secretAccessKey: cache.secretKey },
  );
  return `${cache.insecure ? 'http' : 'https'}://${cache.serverAddress}${signed.path}`;
}
