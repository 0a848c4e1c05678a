import { once } from 'node:events';
import { type TLSSocket, connect as tlsConnect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { findOpeningSquid } from '../../harness/process/index.ts';
import type { ForwardProxyOptions, ProxySpec } from '../../harness/proxy/index.ts';
import { createCertificateAuthority } from '../../harness/tls/index.ts';
import { host } from './asking.ts';
import { ProxyStage, testAuthority } from './stage.ts';

type Intercepts = NonNullable<ProxySpec['intercepts']>;

const stageOf = (intercepts: Intercepts, more: Partial<ForwardProxyOptions> = {}): Promise<ProxyStage> =>
  ProxyStage.create({ kind: 'squid', intercepts }, more);

const caOf = ({ proxy }: ProxyStage): string => proxy.interceptor?.caPem ?? '';

describe.skipIf(!findOpeningSquid())('a squid that opens TLS', () => {
  test('is believed by whoever trusts its CA, and by nobody else', async () => {
    await using stage = await stageOf({});
    const { text, issuer } = await ask(stage, caOf(stage));
    expect(issuer).toContain('interceptor');
    expect(text).toContain('the origin got 0 bytes');
    await expect(ask(stage, (await testAuthority()).caPem)).rejects.toThrow(/unable to verify|self-signed/);
    expect(stage.seen.map(({ url }) => url)).toEqual(['/inside']);
  });

  test('records the tunnel and, in its own words, what is inside', async () => {
    await using stage = await stageOf({});
    await stage.curl(`${stage.https}/inside`, '-d', 'things');
    const line = await stage.until('the request inside', (seen) =>
      seen.of('log').find(({ stream, fields }) => stream === 'access' && fields?.['method'] === 'POST'),
    );
    expect(line.fields).toMatchObject({ target: `${stage.https}/inside`, status: 200 });
    expect(stage.evidence.proxy().map(({ method, target }) => `${method} ${target}`)).toContain(
      `CONNECT ${host(stage.https)}`,
    );
    expect(stage.seen.map(({ body }) => body)).toEqual(['things']);
  });

  test('asks for Basic credentials first', async () => {
    await using stage = await stageOf({});
    const { stderr } = await stage.plainCurl('--proxy', stage.proxy.urlWithoutCredentials, stage.https);
    expect(stderr).toContain('407');
    expect(stage.seen).toEqual([]);
  });

  test.each(['with-root', 'without-root'] as const)('sends a chain %s that leads to its CA', async (chain) => {
    await using stage = await stageOf({ chain });
    const { names } = await ask(stage, caOf(stage));
    expect(names.at(1)).toContain(chain === 'with-root' ? 'interceptor CA' : 'below its CA');
  });

  test('signs with another CA once it is renewed', async () => {
    await using stage = await stageOf({});
    await ask(stage, caOf(stage));
    const before = caOf(stage);
    await stage.proxy.interceptor?.renew();
    await expect(ask(stage, before)).rejects.toThrow(/unable to verify|self-signed|signature/);
    expect((await ask(stage, caOf(stage))).text).toContain('the origin got');
  });

  test.each([
    ['all-but-gitlab', false],
    ['gitlab-alone', true],
  ] as const)('opens %s, and joins the ends of other tunnels', async (opens, ofGitlab) => {
    const right = async (stage: ProxyStage, opened: boolean): Promise<string> =>
      opened ? caOf(stage) : (await testAuthority()).caPem;
    await using stage = await stageOf({ opens });
    expect((await ask(stage, await right(stage, ofGitlab))).text).toContain('the origin got');
    await using elsewhere = await stageOf({ opens }, { gitlabHost: 'another.test' });
    expect((await ask(elsewhere, await right(elsewhere, !ofGitlab))).text).toContain('the origin got');
  });

  test('refuses an origin with a wrong certificate', async () => {
    await using stage = await stageOf({}, { ca: await createCertificateAuthority('another') });
    const { stdout } = await stage.curl('-i', stage.https);
    expect(stdout).toMatch(/HTTP\/1\.1 503 [\s\S]*X-Squid-Error: ERR_SECURE_CONNECT_FAIL/);
    expect(stage.seen).toEqual([]);
  });
});

/** Asks the origin by a tunnel, as a client that trusts one CA. @throws Error of TLS when that did not sign */
async function ask(stage: ProxyStage, ca: string) {
  const client = stage.connect();
  client.say(`CONNECT ${host(stage.https)} HTTP/1.1`, 'Host: x', `Proxy-Authorization: ${stage.basic}`);
  await client.hears(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n/);
  client.socket.removeAllListeners('data');
  const secure = tlsConnect({ socket: client.socket, servername: 'gitlab.test', ca });
  await once(secure, 'secureConnect');
  const names = shownBy(secure);
  const issuer = String(secure.getPeerCertificate().issuer.CN);
  secure.write(`GET /inside HTTP/1.1\r\nHost: ${host(stage.https)}\r\nConnection: close\r\n\r\n`);
  let text = '';
  for await (const chunk of secure.setEncoding('utf8')) text += chunk;
  return { text, issuer, names };
}

/** The common names of the chain, from the host's on. */
function shownBy(secure: TLSSocket): string[] {
  const names: string[] = [];
  for (let each = secure.getPeerCertificate(true); each && !names.includes(String(each.subject.CN)); ) {
    names.push(String(each.subject.CN));
    each = each.issuerCertificate;
  }
  return names;
}
