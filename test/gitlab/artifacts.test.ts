import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../harness/gitlab/artifacts/zip.ts';
import { run } from '../../harness/process/index.ts';
import { type JobDocument, type Started, start } from './started.ts';

const upload = (started: Started, job: JobDocument, archive: Buffer) =>
  started.api
    .post(`/api/v4/jobs/${job.id}/artifacts?artifact_format=zip&artifact_type=archive`)
    .set('JOB-TOKEN', job.token)
    .attach('file', archive, { filename: 'artifacts.zip', contentType: 'application/octet-stream' });

const download = (started: Started, id: number, token: string, query = '') =>
  started.api.get(`/api/v4/jobs/${id}/artifacts${query}`).set('JOB-TOKEN', token).responseType('blob');

describe('artifacts', () => {
  it('come back as they went up', async () => {
    await using started = await start({ jobs: [{ artifacts: ['out/'] }] });
    const job = await started.takeJob();
    const archive = randomBytes(300_000);
    await upload(started, job, archive).expect(201);
    const { body, headers } = await download(started, job.id, job.token).expect(200);
    expect(archive.equals(body as Buffer)).toBe(true);
    expect(headers['content-type']).toBe('application/zip');
    expect(headers['content-disposition']).toContain('artifacts.zip');
    const sha256 = createHash('sha256').update(archive).digest('hex');
    expect(started.evidence.of('job').at(-1)).toMatchObject({
      what: 'artifact',
      job: job.id,
      artifact: { bytes: archive.length, sha256, complete: true },
    });
    const [exchange] = started.evidence.gitlab('upload');
    expect(exchange?.body?.bytes).toBeGreaterThan(archive.length);
    expect(exchange?.body?.complete).toBe(true);
    expect(started.evidence.gitlab('download')[0]?.responseBody).toMatchObject({ bytes: archive.length, sha256 });
    expect(started.flags).toEqual([]);
  });

  it('are taken in chunks, with the fields behind the file', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const path = `/api/v4/jobs/${job.id}/artifacts`;
      const headers = { 'Job-Token': job.token, 'Content-Type': 'multipart/form-data; boundary=b' };
      const req = request({ port: started.gitlab.port, host: '127.0.0.1', method: 'POST', path, headers }, (res) =>
        resolve(res.resume().statusCode),
      ).on('error', reject);
      req.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n');
      for (let part = 0; part < 10; part++) req.write(`part ${part};`);
      req.end('\r\n--b\r\nContent-Disposition: form-data; name="artifact_type"\r\n\r\narchive\r\n--b--\r\n');
    });
    expect(status).toBe(201);
    const [exchange] = started.evidence.gitlab('upload');
    expect(exchange?.headers).toContainEqual(['Transfer-Encoding', 'chunked']);
    expect(started.evidence.of('job').at(-1)?.artifact?.text).toMatch(/^part 0;part 1;/);
  });

  it('need the right token, a form and a file', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    await upload(started, { ...job, token: 'wrong' }, Buffer.alloc(100_000)).expect(403);
    const path = `/api/v4/jobs/${job.id}/artifacts`;
    await started.api.post(path).set('JOB-TOKEN', job.token).send({ not: 'a form' }).expect(400);
    await started.api.post(path).set('JOB-TOKEN', job.token).field('artifact_type', 'archive').expect(400);
    const broken = 'multipart/form-data; boundary=b';
    await started.api.post(path).set({ 'JOB-TOKEN': job.token, 'Content-Type': broken }).send('--b\r\n').expect(400);
    expect(started.flags).toHaveLength(4);
    await download(started, job.id, job.token).expect(404);
    await download(started, job.id, 'wrong').expect(403);
  });

  it('are stored no matter that the client of another upload went away', async () => {
    await using started = await start({ jobs: [{}] });
    const job = await started.takeJob();
    await new Promise<void>((resolve) => {
      const path = `/api/v4/jobs/${job.id}/artifacts`;
      const headers = { 'Job-Token': job.token, 'Content-Type': 'multipart/form-data; boundary=b' };
      const req = request({ port: started.gitlab.port, host: '127.0.0.1', method: 'POST', path, headers });
      req.on('error', () => resolve());
      const stop = started.ledger.watch((event) => {
        if (event.kind !== 'request' || event.requestKind !== 'upload') return;
        stop();
        setImmediate(() => req.destroy(new Error('gone')));
      });
      req.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nhalf');
    });
    await upload(started, job, Buffer.from('whole')).expect(201);
    expect(started.evidence.gitlab('upload')[0]?.body?.complete).toBe(false);
    expect(started.flags).toEqual([]);
  });

  it('of an earlier job are made up for a job that takes them', async () => {
    await using started = await start({ jobs: [{ downloads: true }] });
    const [earlier] = (await started.takeJob()).dependencies;
    expect(earlier).toMatchObject({ id: 3001, artifacts_file: { filename: 'artifacts.zip' } });
    if (!earlier) return;
    const { body } = await download(started, earlier.id, earlier.token).expect(200);
    expect((body as Buffer).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
    expect(JSON.stringify(started.ledger.events)).not.toContain(earlier.token);
  });

  it('of an earlier job are as long as is asked, and have a checksum', async () => {
    await using started = await start({ jobs: [{ downloads: { bytes: 100_000 } }] });
    const [earlier] = (await started.takeJob()).dependencies;
    if (!earlier) throw new Error('The job has no dependency.');
    const { body } = await download(started, earlier.id, earlier.token).expect(200);
    const { random, SHA256SUMS } = unzipSync(body as Buffer);
    expect(random).toHaveLength(100_000);
    const digest = createHash('sha256')
      .update(random ?? '')
      .digest('hex');
    expect(Buffer.from(SHA256SUMS ?? '').toString()).toBe(`${digest}  random\n`);
  });

  it('are sent in ranges when they are asked for so', async () => {
    await using started = await start({ jobs: [{ downloads: true }] });
    const [earlier] = (await started.takeJob()).dependencies;
    if (!earlier) throw new Error('The job has no dependency.');
    const part = await download(started, earlier.id, earlier.token).set('Range', 'bytes=0-1').expect(206);
    expect((part.body as Buffer).toString()).toBe('PK');
  });

  it('are to be had from object storage, by a signed URL', async () => {
    await using started = await start({ jobs: [{ downloads: true }], directDownload: true });
    const [earlier] = (await started.takeJob()).dependencies;
    if (!earlier) throw new Error('The job has no dependency.');
    const redirect = await download(started, earlier.id, earlier.token, '?direct_download=true').expect(302);
    const location = new URL(redirect.headers['location'] ?? '');
    expect(location.origin).toBe(started.gitlab.url);
    expect(location.pathname).toBe('/object-storage/artifacts/3001/artifacts.zip');
    await started.api.get(location.pathname + location.search).expect(200);
    await started.api.get(location.pathname).expect(403);
    await started.api.get(location.pathname.replace('3001', '3002') + location.search).expect(403);
    await download(started, earlier.id, earlier.token).expect(200);
    expect(started.evidence.gitlab('object-storage').map(({ status }) => status)).toEqual([200, 403, 403]);
    const signature = location.searchParams.get('X-Amz-Signature') ?? '';
    expect(signature).toHaveLength(64);
    expect(JSON.stringify(started.ledger.events)).not.toContain(signature);
  });

  it('are to be had from object storage that redirects to another path of its own', async () => {
    await using started = await start({ jobs: [{ downloads: true }], directDownload: true, storageMoves: true });
    const [earlier] = (await started.takeJob()).dependencies;
    if (!earlier) throw new Error('The job has no dependency.');
    const redirect = await download(started, earlier.id, earlier.token, '?direct_download=true').expect(302);
    const location = new URL(redirect.headers['location'] ?? '');
    const again = await started.api.get(location.pathname + location.search).expect(302);
    const reference = again.headers['location'] ?? '';
    expect(reference).toMatch(/^moved\/artifacts\.zip\?X-Amz-/);
    const moved = new URL(reference, location);
    expect(moved.pathname).toBe('/object-storage/artifacts/3001/moved/artifacts.zip');
    await started.api.get(moved.pathname + moved.search).expect(200);
    await started.api.get(moved.pathname + location.search).expect(403);
    expect(JSON.stringify(started.ledger.events)).not.toContain(moved.searchParams.get('X-Amz-Signature'));
  });
});

describe('zipOf', () => {
  it('makes what others can read', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-zip-test-'));
    try {
      const content = randomBytes(1000);
      await writeFile(join(dir, 'a.zip'), zipOf({ 'folder/ä file.bin': content }));
      const script = 'import sys,zipfile; z=zipfile.ZipFile("a.zip"); assert z.testzip() is None; z.extractall("out")';
      await run('python3', ['-c', script], { cwd: dir, limitMs: 30_000 });
      const [name] = (await run('ls', [join(dir, 'out', 'folder')], { limitMs: 30_000 })).stdout.trim().split('\n');
      expect(content.equals(await readFile(join(dir, 'out', 'folder', name ?? '')))).toBe(true);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
