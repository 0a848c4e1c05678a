import { createHash, createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it } from 'vitest';
import { signatureFault } from '../../harness/gitlab/cache/signature-v4.ts';
import { run } from '../../harness/process/index.ts';
import { type Started, start } from './started.ts';

/** The examples that Amazon gives with the description of the signature. */
describe('a signature of version 4', () => {
  const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
  const now = Date.parse('2013-05-24T00:00:00Z');
  const host = 'examplebucket.s3.amazonaws.com';
  const empty = createHash('sha256').update('').digest('hex');
  const inQuery = (signature: string) => ({
    method: 'GET',
    target: `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`,
    headers: { host },
  });
  const right = inQuery('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  const header = (signedHeaders: string, signature: string) =>
    `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;

  it('is right in a query', () => {
    expect(signatureFault(right, keys, now)).toBeUndefined();
    expect(signatureFault(right, keys, now + 86_400_000)).toBeUndefined();
  });

  it('is right in a header', () => {
    const signed = 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class';
    const put = {
      method: 'PUT',
      target: '/test$file.text',
      headers: {
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        host,
        'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
        'x-amz-date': '20130524T000000Z',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
        authorization: header(signed, '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd'),
      },
    };
    expect(signatureFault(put, keys, now)).toBeUndefined();
    expect(signatureFault({ ...put, target: '/test$file.txt' }, keys, now)).toBe('its signature does not fit it');
  });

  it('is right for a query without a value', () => {
    const about = {
      method: 'GET',
      target: '/?lifecycle',
      headers: {
        host,
        'x-amz-content-sha256': empty,
        'x-amz-date': '20130524T000000Z',
        authorization: header(
          'host;x-amz-content-sha256;x-amz-date',
          'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
        ),
      },
    };
    expect(signatureFault(about, keys, now)).toBeUndefined();
  });

  it.each([
    ['another signature', inQuery('0'.repeat(64)), keys, now, 'its signature does not fit it'],
    ['another method', { ...right, method: 'PUT' }, keys, now, 'its signature does not fit it'],
    ['another host', { ...right, headers: { host: 'elsewhere' } }, keys, now, 'its signature does not fit it'],
    ['another secret', right, { ...keys, secretKey: 'x' }, now, 'its signature does not fit it'],
    ['another access key', right, { ...keys, accessKey: 'x' }, now, 'its access key is another one'],
    ['a day later', right, keys, now + 86_400_001, 'its time is over, or has not come'],
    ['an hour before', right, keys, now - 3_600_000, 'its time is over, or has not come'],
    ['none', { ...right, target: '/test.txt' }, keys, now, 'it has no signature of version 4'],
  ])('is wrong: %s', (_, request, keys, now, fault) => {
    expect(signatureFault(request, keys, now)).toBe(fault);
  });
});

/** Amazon's own library signs what the check must take; the reference runner signs with another one. */
describe("a signature of version 4 of Amazon's library", () => {
  const keys = { accessKey: 'AK1', secretKey: 'a/secret+key' };
  const hostname = 'gitlab.test';
  const now = Date.parse('2026-03-04T05:06:07Z');
  const signer = new SignatureV4({
    service: 's3',
    region: 'us-east-1',
    uriEscapePath: false,
    sha256: Sha256,
    credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
  });
  const names = ['plain', 'a key', 'a+b', "it's(1)*!", 'ä/ö/€', '100%', '~._-', 'a//b', 'x=y&z'];
  const request = (method: string, name: string) => ({
    method,
    protocol: 'http:',
    hostname,
    // Amazon's clients write a path as it is signed.
    path: `/caches/${name.split('/').map(strictly).join('/')}`,
    query: {} as Record<string, string>,
    headers: { host: hostname } as Record<string, string>,
  });
  const strictly = (part: string) =>
    encodeURIComponent(part).replace(/[!'()*]/g, (each) => `%${Buffer.from(each).toString('hex')}`.toUpperCase());
  /** As S3's own presigner does. */
  const unsigned = (of: ReturnType<typeof request>) => ({
    ...of,
    headers: { ...of.headers, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  const targetOf = ({ path, query = {} }: { path: string; query?: Parameters<SignatureV4['presign']>[0]['query'] }) =>
    Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query as Record<string, string>)}` : path;

  it.each(names)('is right in a query for %s', async (name) => {
    const { method, headers, ...at } = await signer.presign(unsigned(request('GET', name)), {
      signingDate: new Date(now),
      expiresIn: 60,
    });
    // What a form writes as a plus is a space in a query, which no signer sends.
    const target = targetOf(at).replaceAll('+', '%20');
    expect(signatureFault({ method, target, headers }, keys, now)).toBeUndefined();
    expect(signatureFault({ method: 'PUT', target, headers }, keys, now)).toBe('its signature does not fit it');
  });

  it.each(names)('is right in a header for %s', async (name) => {
    const { method, headers, ...at } = await signer.sign(request('PUT', name), { signingDate: new Date(now) });
    expect(signatureFault({ method, target: targetOf(at), headers }, keys, now)).toBeUndefined();
    const other = { ...headers, 'x-amz-date': '20260304T050608Z' };
    expect(signatureFault({ method, target: targetOf(at), headers: other }, keys, now)).toBe(
      'its signature does not fit it',
    );
  });
});

const KEY = 'project/7/default key';
const pathOf = (key: string): string => `/caches/${key.split('/').map(encodeURIComponent).join('/')}`;

/** A signed path, as the client of a runner makes it. */
function presigned(started: Started, method: string, key: string): string {
  const { cache } = started.gitlab;
  if (!cache) throw new Error('There is no cache.');
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/us-east-1/s3/aws4_request`;
  const query = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${encodeURIComponent(`${cache.accessKey}/${scope}`)}`,
    `X-Amz-Date=${date}`,
    'X-Amz-Expires=600',
    'X-Amz-SignedHeaders=host',
  ].join('&');
  const canonical = [method, pathOf(key), query, `host:${cache.serverAddress}\n`, 'host', 'UNSIGNED-PAYLOAD'].join(
    '\n',
  );
  const digest = createHash('sha256').update(canonical).digest('hex');
  const hmac = (secret: string | Buffer, text: string) => createHmac('sha256', secret).update(text).digest();
  const secret = [...scope.split('/')].reduce<string | Buffer>(hmac, `AWS4${cache.secretKey}`);
  const signature = hmac(secret, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${digest}`).toString('hex');
  return `${pathOf(key)}?${query}&X-Amz-Signature=${signature}`;
}

const startWithCache = () => start({ cache: { bucket: 'caches' } });

describe('object storage for caches', () => {
  it('keeps what was put by a signed URL', async () => {
    await using started = await startWithCache();
    const { serverAddress } = started.gitlab.cache ?? {};
    const host = String(serverAddress);
    const get = () => started.api.get(presigned(started, 'GET', KEY)).set('Host', host);
    await get().expect(404);
    const archive = Buffer.alloc(300_000, 'cached');
    const put = started.api
      .put(presigned(started, 'PUT', KEY))
      .set('Host', host)
      .set('x-amz-meta-cachekey', 'default');
    const { headers } = await put.send(archive).expect(200);
    const got = await get().responseType('blob').expect(200);
    expect(archive.equals(got.body as Buffer)).toBe(true);
    expect(got.headers).toMatchObject({ etag: headers['etag'], 'x-amz-meta-cachekey': 'default' });
    expect(got.headers['last-modified']).toMatch(/GMT$/);
    const head = await started.api
      .head(presigned(started, 'HEAD', KEY))
      .set('Host', host)
      .expect(200);
    expect(head.headers['content-length']).toBe('300000');
    const exchanges = started.evidence.gitlab('cache');
    expect(exchanges.map(({ method, status }) => [method, status])).toEqual([
      ['GET', 404],
      ['PUT', 200],
      ['GET', 200],
      ['HEAD', 200],
    ]);
    expect(exchanges[1]?.body).toMatchObject({ bytes: 300_000, complete: true });
    expect(started.flags).toEqual([]);
    expect(JSON.stringify(started.ledger.events)).not.toContain(started.gitlab.cache?.secretKey);
  });

  it('gives back what was put last', async () => {
    await using started = await startWithCache();
    const host = String(started.gitlab.cache?.serverAddress);
    for (const content of ['first', 'second, and longer', 'third']) {
      await started.api
        .put(presigned(started, 'PUT', KEY))
        .set('Host', host)
        .send(content)
        .expect(200);
      const got = await started.api
        .get(presigned(started, 'GET', KEY))
        .set('Host', host)
        .responseType('blob');
      expect(String(got.body)).toBe(content);
    }
  });

  it('refuses what nobody signed, and says so', async () => {
    await using started = await startWithCache();
    await started.api
      .put(pathOf(KEY))
      .send('x'.repeat(100_000))
      .expect(403, /SignatureDoesNotMatch/);
    await started.api
      .get(presigned(started, 'PUT', KEY))
      .set('Host', String(started.gitlab.cache?.serverAddress))
      .expect(403);
    expect(started.flags).toEqual([
      'This cache request is refused: it has no signature of version 4.',
      'This cache request is refused: its signature does not fit it.',
    ]);
  });

  it('refuses what does not say how long it is, as S3 does', async () => {
    await using started = await startWithCache();
    const put = started.api
      .put(presigned(started, 'PUT', KEY))
      .set('Host', String(started.gitlab.cache?.serverAddress));
    put.write('content');
    await put.expect(411, /MissingContentLength/);
    expect(started.flags).toEqual([
      'This cache request does not say how long its body is, and S3 takes none that does not.',
    ]);
  });

  it('tells everybody in which region the bucket is', async () => {
    await using started = await startWithCache();
    const { headers } = await started.api.head('/caches').expect(200);
    expect(headers['x-amz-bucket-region']).toBe('us-east-1');
    await started.api.get('/caches/?location=').expect(403);
  });

  it("works with curl's own signatures", async () => {
    await using started = await startWithCache();
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-cache-test-'));
    try {
      const { cache } = started.gitlab;
      const [up, down] = [join(dir, 'up'), join(dir, 'down')];
      await writeFile(up, 'content '.repeat(1000));
      const digest = createHash('sha256')
        .update(await readFile(up))
        .digest('hex');
      const curl = (...args: string[]) =>
        run(
          'curl',
          [
            ...['-sSf', '--aws-sigv4', 'aws:amz:us-east-1:s3'],
            ...['--user', `${cache?.accessKey}:${cache?.secretKey}`, ...args],
          ],
          { limitMs: 30_000 },
        );
      const sha256 = (text: string) => ['-H', `x-amz-content-sha256: ${text}`];
      await curl(...sha256(digest), '-T', up, `${started.base}/caches/a/b`);
      await curl(...sha256('UNSIGNED-PAYLOAD'), '-o', down, `${started.base}/caches/a/b`);
      expect(await readFile(down, 'utf8')).toBe('content '.repeat(1000));
      const { stdout } = await curl(...sha256('UNSIGNED-PAYLOAD'), `${started.base}/caches/?location=`);
      expect(stdout).toContain('<LocationConstraint');
      await expect(curl(...sha256('0'.repeat(64)), '-T', up, `${started.base}/caches/a/b`)).rejects.toThrow('400');
      expect(started.flags).toEqual(['The body of this cache request is not what its sender signed.']);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('is nowhere when it was not declared', async () => {
    await using started = await start();
    expect(started.gitlab.cache).toBeUndefined();
    await started.api.put('/caches/a').send('x').expect(404);
  });
});
