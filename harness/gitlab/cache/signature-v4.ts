import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { originForm, percentDecode, percentEncode } from '../../url/index.ts';

/** A pair of keys, as S3 and its kin give them out. */
export interface AccessKeys {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** A request as it is signed. */
export interface SignedRequest {
  readonly method: string;
  /** The target as it came, with its query. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const UNSIGNED = 'UNSIGNED-PAYLOAD';
/** How far a date in a header may be off, in milliseconds: S3's own fifteen minutes. */
const SKEW_MS = 15 * 60_000;
/** The longest that a URL may be good for, in seconds: S3's own seven days. */
const LONGEST_SECONDS = 7 * 24 * 3600;

interface Signature {
  readonly credential: string;
  readonly signedHeaders: string;
  readonly signature: string;
  readonly date: string;
  readonly payload: string;
  /** Milliseconds from its date until it is void. */
  readonly goodForMs: number;
  readonly query: readonly (readonly [string, string])[];
}

/**
 * Checks the AWS signature, version 4, of a request to object storage, in its query or in its header.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 * @param now milliseconds since the epoch
 * @returns what is wrong with it, as half a sentence; undefined when it is right
 */
export function signatureFault(request: SignedRequest, keys: AccessKeys, now: number): string | undefined {
  const given = inQuery(request) ?? inHeader(request);
  if (!given) return 'it has no signature of version 4';
  const [accessKey, day = '', region = '', service = '', end] = given.credential.split('/');
  if (accessKey !== keys.accessKey) return 'its access key is another one';
  if (service !== 's3' || end !== 'aws4_request')
    return `its scope is ${given.credential.split('/').slice(1).join('/')}`;
  const made = timeOf(given.date);
  if (made === undefined || !given.date.startsWith(day)) return `its date is ${given.date}`;
  if (now < made - SKEW_MS || now > made + given.goodForMs) return 'its time is over, or has not come';
  const scope = [day, region, service, end].join('/');
  const canonical = createHash('sha256').update(canonicalRequest(request, given)).digest('hex');
  const right = hmac(signingKey(keys.secretKey, day, region), `${ALGORITHM}\n${given.date}\n${scope}\n${canonical}`);
  const [a, b] = [Buffer.from(given.signature), Buffer.from(right.toString('hex'))];
  return a.length === b.length && timingSafeEqual(a, b) ? undefined : 'its signature does not fit it';
}

/** The digest that the body must have, when its sender signed it. */
export function signedDigest(headers: IncomingHttpHeaders): string | undefined {
  const digest = String(headers['x-amz-content-sha256'] ?? '');
  return /^[0-9a-f]{64}$/.test(digest) ? digest : undefined;
}

function inQuery({ target, headers }: SignedRequest): Signature | undefined {
  const query = queryOf(target);
  const value = (name: string): string => query.find(([key]) => key === name)?.[1] ?? '';
  if (value('X-Amz-Algorithm') !== ALGORITHM) return undefined;
  const seconds = Number(value('X-Amz-Expires'));
  return {
    credential: value('X-Amz-Credential'),
    signedHeaders: value('X-Amz-SignedHeaders'),
    signature: value('X-Amz-Signature'),
    date: value('X-Amz-Date'),
    payload: String(headers['x-amz-content-sha256'] ?? UNSIGNED),
    goodForMs: seconds > 0 && seconds <= LONGEST_SECONDS ? seconds * 1000 : 0,
    query: query.filter(([key]) => key !== 'X-Amz-Signature'),
  };
}

function inHeader({ target, headers }: SignedRequest): Signature | undefined {
  const { authorization = '' } = headers;
  if (!authorization.startsWith(`${ALGORITHM} `)) return undefined;
  const value = (name: string): string => new RegExp(`${name}=([^,\\s]+)`).exec(authorization)?.[1] ?? '';
  return {
    credential: value('Credential'),
    signedHeaders: value('SignedHeaders'),
    signature: value('Signature'),
    date: String(headers['x-amz-date'] ?? ''),
    payload: String(headers['x-amz-content-sha256'] ?? UNSIGNED),
    goodForMs: SKEW_MS,
    query: queryOf(target),
  };
}

function canonicalRequest({ method, target, headers }: SignedRequest, given: Signature): string {
  const path = originForm(target).replace(/\?.*$/s, '');
  const query = given.query
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .sort()
    .join('&');
  const lines = given.signedHeaders.split(';').map((name) => `${name}:${trimmed(headers[name])}\n`);
  const uri = path.split('/').map((part) => percentEncode(percentDecode(part)));
  return [method, uri.join('/'), query, lines.join(''), given.signedHeaders, given.payload].join('\n');
}

const trimmed = (value: string | readonly string[] | undefined): string =>
  [value ?? []].flat().join(',').trim().replace(/ +/g, ' ');

function queryOf(target: string): [string, string][] {
  const at = target.indexOf('?');
  if (at === -1) return [];
  const parts = target.slice(at + 1).split('&');
  return parts.filter(Boolean).map((part) => {
    const [name = '', ...value] = part.split('=');
    return [percentDecode(name), percentDecode(value.join('='))];
  });
}

function timeOf(date: string): number | undefined {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const time = iso === date ? Number.NaN : Date.parse(iso);
  return Number.isNaN(time) ? undefined : time;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const signingKey = (secret: string, day: string, region: string): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request');
