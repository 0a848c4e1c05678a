import { get } from 'node:https';
import { expect, it } from 'vitest';
import { createCertificateAuthority } from '../../harness/tls/index.ts';
import { startRemoteEngine } from '../../harness/world/remote-engine.ts';

it.each([
  ['/_ping', 200, 'OK'],
  ['/v1.40/version', 200, '"ApiVersion":"1.40"'],
  ['/v1.40/containers/json', 404, 'page not found'],
])('an engine elsewhere answers %s with %d', async (path, status, text) => {
  const ca = await createCertificateAuthority('an engine');
  await using engine = await startRemoteEngine(ca, ['swarm.test']);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number | undefined; text: string }>();
  get({ host: '127.0.0.1', port: engine.port, servername: 'swarm.test', ca: ca.caPem, path }, (res) => {
    let body = '';
    res.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    res.on('end', () => resolve({ status: res.statusCode, text: body }));
  }).on('error', reject);
  const got = await promise;
  expect(got.status).toBe(status);
  expect(got.text).toContain(text);
});
