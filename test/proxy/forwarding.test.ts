import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ProxySpec } from '../../harness/proxy/index.ts';
import { hasSquid, ProxyStage } from './stage.ts';

const SPECS: Record<string, ProxySpec> = {
  basic: { kind: 'basic' },
  'basic over TLS': { kind: 'basic', tls: true },
  'keep-alive': { kind: 'keep-alive' },
  'keep-alive over TLS': { kind: 'keep-alive', tls: true },
  'keep-alive with digest': { kind: 'keep-alive', auth: { scheme: 'digest', user: 'us"er é', password: 'p@ss:#w/%' } },
  squid: { kind: 'squid' },
  'squid over TLS': { kind: 'squid', tls: true },
  'squid with digest': { kind: 'squid', auth: { scheme: 'digest', user: 'digester', password: 'p@ss:#w/%' } },
};

for (const [name, spec] of Object.entries(SPECS)) {
  describe.skipIf(spec.kind === 'squid' && !hasSquid)(`a proxy: ${name}`, () => {
    test('forwards an http request and records both heads and the bodies', async () => {
      await using stage = await ProxyStage.create(spec);
      const { stdout, code, stderr } = await stage.curl(`${stage.http}/a?b=c`, '-d', 'hello', '-H', 'X-Mine: Yes');
      expect({ stdout, code, stderr }).toMatchObject({ stdout: 'the origin got 5 bytes', code: 0 });
      expect(stage.seen).toHaveLength(1);
      expect(stage.seen[0]).toMatchObject({ method: 'POST', url: '/a?b=c', body: 'hello' });
      expect(stage.seen[0]?.headers).toMatchObject({ host: new URL(stage.http).host, 'x-mine': 'Yes' });
      expect(stage.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
      const exchange = await stage.until('the end of the exchange', (seen) =>
        seen.proxy().find((each) => each.status === 200 && each.responseBody),
      );
      expect(exchange).toMatchObject({
        via: 'subject',
        method: 'POST',
        target: `${stage.http}/a?b=c`,
        madeBy: 'origin',
        body: { bytes: 5, text: 'hello', complete: true, sha256: createHash('sha256').update('hello').digest('hex') },
        responseBody: { bytes: 22, text: 'the origin got 5 bytes', complete: true },
      });
      expect(exchange.headers).toContainEqual(['X-Mine', 'Yes']);
      if (stage.proxy.auth.scheme === 'basic') {
        expect(exchange.headers).toContainEqual([
          'Proxy-Authorization',
          expect.stringContaining('«proxy-credentials»'),
        ]);
      }
      expect(JSON.stringify(stage.ledger.events)).not.toContain(stage.proxy.auth.password);
    });

    test('tunnels by CONNECT and counts the bytes', async () => {
      await using stage = await ProxyStage.create(spec);
      const { stdout, stderr, code } = await stage.curl(`${stage.https}/x`, '-d', 'hello');
      expect({ stdout, stderr, code }).toMatchObject({ stdout: 'the origin got 5 bytes', code: 0 });
      const tunnel = await stage.until('the end of the tunnel', (seen) => seen.proxy().find((each) => each.tunnel));
      expect(tunnel).toMatchObject({
        method: 'CONNECT',
        target: new URL(stage.https).host,
        status: 200,
        madeBy: 'self',
      });
      expect(tunnel.tunnel?.bytesUp).toBeGreaterThan(200);
      expect(tunnel.tunnel?.bytesDown).toBeGreaterThan(500);
    });

    test('lets nobody in without the right credentials', async () => {
      await using stage = await ProxyStage.create(spec);
      const proxy = ['--proxy', stage.proxy.urlWithoutCredentials];
      for (const origin of [stage.http, stage.https]) {
        const bare = await stage.plainCurl(...proxy, origin, '-o', '/dev/null', '-w', '%{http_code} %{http_connect}');
        expect(bare.stdout).toContain('407');
        const wrong = await stage.plainCurl(
          ...proxy,
          '--proxy-anyauth',
          '--proxy-user',
          `${stage.proxy.auth.user}:wrong`,
          origin,
          '-o',
          '/dev/null',
          '-w',
          '%{http_code} %{http_connect}',
        );
        expect(wrong.stdout).toContain('407');
      }
      expect(stage.seen).toHaveLength(0);
      const refused = stage.evidence.proxy().filter(({ status }) => status === 407);
      expect(refused.length).toBeGreaterThanOrEqual(4);
      expect(refused[0]).toMatchObject({ madeBy: 'self' });
      expect(refused[0]?.responseHeaders.map(([header]) => header.toLowerCase())).toContain('proxy-authenticate');
    });

    test('connects to nothing but the origins of the world', async () => {
      await using stage = await ProxyStage.create(spec);
      const port = new URL(stage.http).port;
      for (const url of ['http://elsewhere.test/', 'https://elsewhere.test/', `http://127.0.0.1:${port}/`]) {
        const { stdout } = await stage.curl(url, '-o', '/dev/null', '-w', '%{http_code} %{http_connect}');
        expect(stdout).toContain('403');
      }
      expect(stage.seen).toHaveLength(0);
    });

    test('gives a URL that carries the credentials, encoded', async () => {
      await using stage = await ProxyStage.create(spec);
      const url = new URL(stage.proxy.url);
      expect(decodeURIComponent(url.username)).toBe(stage.proxy.auth.user);
      expect(decodeURIComponent(url.password)).toBe(stage.proxy.auth.password);
      expect(url.protocol).toBe(spec.tls ? 'https:' : 'http:');
      expect(stage.proxy.urlWithoutCredentials).toBe(`${url.protocol}//127.0.0.1:${stage.proxy.port}`);
    });

    test('rotates credentials, accepts none, and the first ones again', async () => {
      await using stage = await ProxyStage.create(spec);
      const first = stage.proxy.auth;
      const status = async (user: string, password: string): Promise<string> => {
        const proxy = ['--proxy', stage.proxy.urlWithoutCredentials, '--proxy-anyauth'];
        const report = ['-o', '/dev/null', '-w', '%{http_code}'];
        return (await stage.plainCurl(...proxy, '--proxy-user', `${user}:${password}`, stage.http, ...report)).stdout;
      };
      expect(await status(first.user, first.password)).toBe('200');
      await stage.proxy.setCredentials({ user: first.user, password: 'another one' });
      expect(await status(first.user, first.password)).toBe('407');
      expect(await status(first.user, 'another one')).toBe('200');
      await stage.proxy.setCredentials(undefined);
      expect(await status(first.user, 'another one')).toBe('407');
      await stage.proxy.setCredentials(first);
      expect(await status(first.user, first.password)).toBe('200');
      expect(stage.evidence.of('fault').map(({ name, state }) => `${name} ${state}`)).toEqual([
        'credentials on',
        'credentials on',
        'credentials off',
      ]);
      expect(JSON.stringify(stage.ledger.events)).not.toContain('another one');
    });
  });
}
