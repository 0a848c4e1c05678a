import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../harness/process/index.ts';
import { type CertificateAuthority, createCertificateAuthority } from '../../harness/tls/index.ts';

describe('createCertificateAuthority', () => {
  let dir: string;
  let ca: CertificateAuthority;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proxyproof-tls-test-'));
    ca = await createCertificateAuthority('a test authority');
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('is an authority, signed by itself', () => {
    const certificate = new X509Certificate(ca.caPem);
    expect(certificate.ca).toBe(true);
    expect(certificate.subject).toContain('CN=a test authority');
    expect(certificate.checkIssued(certificate)).toBe(true);
  });

  it('issues a certificate for names and addresses', async () => {
    const { cert, key } = await ca.issue(['gitlab.test', 'localhost', '127.0.0.1', '::1']);
    const certificate = new X509Certificate(cert);
    expect(certificate.ca).toBe(false);
    expect(certificate.checkHost('gitlab.test')).toBe('gitlab.test');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBeDefined();
    expect(certificate.checkHost('other.test')).toBeUndefined();
    expect(certificate.verify(new X509Certificate(ca.caPem).publicKey)).toBe(true);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(key).toContain('BEGIN PRIVATE KEY');
  });

  it('issues a certificate for a client, which is no good for a server', async () => {
    const { cert, key } = await ca.issueClient('build-runner');
    const certificate = new X509Certificate(cert);
    expect(certificate.subject).toContain('CN=build-runner');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(certificate.verify(new X509Certificate(ca.caPem).publicKey)).toBe(true);
  });

  it('gives every certificate a key and a serial number of its own', async () => {
    const [one, two] = await Promise.all([ca.issue(['gitlab.test']), ca.issue(['gitlab.test'])]);
    expect(one.key).not.toBe(two.key);
    expect(new X509Certificate(one.cert).serialNumber).not.toBe(new X509Certificate(two.cert).serialNumber);
  });

  it('gives programs what they sign with, as itself or below it', async () => {
    const root = new X509Certificate(ca.caPem);
    const own = await ca.signer();
    expect(own.cert).toBe(ca.caPem);
    expect(root.checkPrivateKey(createPrivateKey(own.key))).toBe(true);
    const other = await ca.issueSigner('another authority');
    const below = new X509Certificate(other.cert);
    expect(below.ca && below.checkIssued(root) && below.verify(root.publicKey)).toBe(true);
    expect(below.subject).toContain('CN=another authority');
    expect(below.checkPrivateKey(createPrivateKey(other.key))).toBe(true);
  });

  it('says what is wrong when there is no host', async () => {
    await expect(ca.issue([])).rejects.toThrow('name at least one host name');
  });

  it('is accepted by OpenSSL, as strict as it can be', async () => {
    const caFile = join(dir, 'ca.pem');
    const certFile = join(dir, 'cert.pem');
    await writeFile(caFile, ca.caPem);
    await writeFile(certFile, (await ca.issue(['gitlab.test'])).cert);
    const strict = ['-x509_strict', '-purpose', 'sslserver', '-verify_hostname', 'gitlab.test'];
    const { stdout } = await run('openssl', ['verify', ...strict, '-CAfile', caFile, certFile], { limitMs: 30_000 });
    expect(stdout).toContain('OK');
    await expect(
      run('openssl', ['verify', '-verify_hostname', 'other.test', '-CAfile', caFile, certFile], { limitMs: 30_000 }),
    ).rejects.toThrow(/[Hh]ostname mismatch/);
  });

  it('is accepted by Node when trusted, and refused when not', async () => {
    const server = createServer(await ca.issue(['gitlab.test']), (_, res) => res.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (trusted: string[]): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const options = { host: '127.0.0.1', port, servername: 'gitlab.test', ca: trusted, agent: false };
        get(options, (res) => resolve(res.resume().statusCode)).on('error', reject);
      });
    try {
      expect(await ask([ca.caPem])).toBe(200);
      const stranger = await createCertificateAuthority('a stranger');
      await expect(ask([stranger.caPem])).rejects.toThrow(/unable to verify|self-signed|signature failure/);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
