import { X509Certificate } from 'node:crypto';
import { type DetailedPeerCertificate, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { ProxyKind } from '../../harness/proxy/index.ts';
import { createCertificateAuthority } from '../../harness/tls/index.ts';
import { host } from './asking.ts';
import { ProxyStage, testAuthority } from './stage.ts';

const OURS: readonly ProxyKind[] = ['basic', 'keep-alive'];

describe.each(OURS)('a proxy of kind %s that opens TLS', (kind) => {
  test('shows a certificate of a CA of its own, and records what is inside', async () => {
    await using stage = await ProxyStage.create({ kind, intercepts: {} });
    const { caPem } = stage.proxy.interceptor ?? { caPem: '' };
    expect(caPem).not.toBe((await testAuthority()).caPem);
    const { issuer, signedBy } = await shown(stage, 'gitlab.test');
    expect(issuer).toContain('interceptor');
    expect(signedBy(caPem)).toBe(true);
    const { stdout, stderr } = await stage.curl(`${stage.https}/inside?it`, '-d', 'secret things');
    expect({ stdout, stderr }).toEqual({ stdout: 'the origin got 13 bytes', stderr: '' });
    const inside = stage.evidence.proxy().find(({ target }) => target === `${stage.https}/inside?it`);
    expect(inside).toMatchObject({ method: 'POST', status: 200, madeBy: 'origin', body: { text: 'secret things' } });
  });

  test.each([
    ['with-root', 2],
    ['without-root', 1],
  ] as const)('sends its chain %s', async (chain, length) => {
    await using stage = await ProxyStage.create({ kind, intercepts: { chain } });
    expect((await shown(stage, 'gitlab.test')).length).toBe(length);
  });

  test('signs with another CA once it is renewed', async () => {
    await using stage = await ProxyStage.create({ kind, intercepts: {} });
    const { interceptor } = stage.proxy;
    const before = interceptor?.caPem ?? '';
    await interceptor?.renew();
    const { signedBy } = await shown(stage, 'gitlab.test');
    expect([before, interceptor?.caPem ?? ''].map(signedBy)).toEqual([false, true]);
  });

  test.each([
    ['all-but-gitlab', false],
    ['gitlab-alone', true],
  ] as const)('opens %s', async (opens, ofGitlab) => {
    await using stage = await ProxyStage.create({ kind, intercepts: { opens } });
    expect((await shown(stage, 'gitlab.test')).issuer.includes('interceptor')).toBe(ofGitlab);
    const other = { gitlabHost: 'another.test' };
    await using elsewhere = await ProxyStage.create({ kind, intercepts: { opens } }, other);
    expect((await shown(elsewhere, 'gitlab.test')).issuer.includes('interceptor')).toBe(!ofGitlab);
  });

  test('verifies the origin itself', async () => {
    const ca = await createCertificateAuthority('another');
    await using stage = await ProxyStage.create({ kind, intercepts: {} }, { ca });
    const { stdout } = await stage.curl('-i', stage.https);
    expect(stdout).toMatch(/^HTTP\/1\.1 502 [\s\S]*could not be reached: unable to verify/m);
    expect(stage.seen).toEqual([]);
  });
});

test('a proxy that opens TLS needs the origins’ CA', async () => {
  await expect(ProxyStage.create({ kind: 'basic', intercepts: {} }, { ca: undefined as never })).rejects.toThrow(
    'A proxy that opens TLS verifies the origins',
  );
});

/** What a client is shown in a tunnel to a host. */
async function shown(stage: ProxyStage, servername: string) {
  const client = stage.connect();
  client.say(`CONNECT ${host(stage.https)} HTTP/1.1`, 'Host: x', `Proxy-Authorization: ${stage.basic}`);
  await client.hears(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n/);
  client.socket.removeAllListeners('data');
  const secure = await new Promise<TLSSocket>((resolve, reject) => {
    const socket = tlsConnect({ socket: client.socket, servername, rejectUnauthorized: false });
    socket.once('error', reject);
    socket.once('secureConnect', () => resolve(socket));
  });
  const leaf = secure.getPeerCertificate(true);
  secure.destroy();
  return {
    issuer: String(leaf.issuer.CN),
    length: lengthOf(leaf),
    signedBy: (caPem: string) => new X509Certificate(leaf.raw).verify(new X509Certificate(caPem).publicKey),
  };
}

/** How many certificates came: a root is its own issuer. */
function lengthOf(leaf: DetailedPeerCertificate): number {
  const issuer: DetailedPeerCertificate | undefined = leaf.issuerCertificate;
  return issuer === undefined || issuer.fingerprint256 === leaf.fingerprint256 ? 1 : 2;
}
